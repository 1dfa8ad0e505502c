//! A text with the trees of its documents, as loaders look at it.

use super::Diagnosis;
use crate::problem::{Problem, ProblemKind};
use crate::yaml;
use polsim_text::json::{self, JsonErrorKind, Node};
use polsim_text::{Embedded, Limits, Source, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// The deepest nesting in a dump: plans of modules in modules go deeper than policies.
const DEPTH: usize = 100;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON values, one after another.
    Json,
    /// One YAML document.
    Yaml,
    /// Neither; loaders of other languages look at the text.
    Other,
}

/// A text that may hold policies.
#[derive(Debug)]
pub struct Text {
    host: Embedded,
    form: Form,
    documents: Vec<Node>,
    parameters: BTreeMap<String, String>,
    limits: Limits,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Problem>,
}

/// Documents of one text, as a loader sees them.
#[derive(Clone, Copy, Debug)]
pub struct Sniffed<'a> {
    /// The text.
    pub host: &'a Embedded,
    /// How it is written.
    pub form: Form,
    /// The trees; none when the text is neither JSON nor YAML.
    pub documents: &'a [Node],
    /// Values of parameters of templates, and of variables.
    pub parameters: &'a BTreeMap<String, String>,
    /// How much is read.
    pub limits: &'a Limits,
}

impl Text {
    /// Reads a text as JSON when it begins so, else as YAML when it is that.
    #[must_use]
    pub fn read(source: &Source, limits: &Limits) -> Self {
        let limits = Limits { max_depth: limits.max_depth.max(DEPTH), ..*limits };
        let host = Embedded::whole(source.clone());
        let mut text = Self {
            host,
            form: Form::Other,
            documents: Vec::new(),
            parameters: BTreeMap::new(),
            limits,
            problems: Vec::new(),
            notes: Vec::new(),
        };
        let begins = source.text().trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if begins.starts_with(['{', '[']) || begins.is_empty() {
            text.form = Form::Json;
            text.read_json(source, &limits);
        } else if let Ok(node) = yaml::parse(source, &limits)
            && node.as_str().is_none()
        {
            text.form = Form::Yaml;
            text.documents.push(node);
        }
        text
    }

    /// The same text with values of parameters.
    #[must_use]
    pub fn with_parameters(self, parameters: BTreeMap<String, String>) -> Self {
        Self { parameters, ..self }
    }

    fn read_json(&mut self, source: &Source, limits: &Limits) {
        let parsed = json::parse(source, limits);
        self.documents = parsed.documents;
        for error in parsed.errors {
            let is_mark = error.kind == JsonErrorKind::ByteOrderMark;
            let kind = ProblemKind::Load(if is_mark {
                Diagnosis::ByteOrderMark
            } else {
                Diagnosis::Json(error.kind)
            });
            let problem = Problem {
                related: error.related.map(|span| (span, "opened here")),
                ..Problem::new(kind, source, error.span)
            };
            if is_mark { self.notes.push(problem) } else { self.problems.push(problem) }
        }
    }

    /// The text itself.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.host.text()
    }

    /// How it is written.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// How many documents it has. A text without a tree is one document.
    #[must_use]
    pub fn len(&self) -> usize {
        if self.form == Form::Other { 1 } else { self.documents.len() }
    }

    /// Whether it has no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Some of its documents.
    #[must_use]
    pub fn sniff(&self, documents: Range<usize>) -> Sniffed<'_> {
        let documents = documents.start..documents.end.min(self.documents.len());
        Sniffed {
            host: &self.host,
            form: self.form,
            documents: self.documents.get(documents).unwrap_or_default(),
            parameters: &self.parameters,
            limits: &self.limits,
        }
    }

    /// Where a document is; its first line, as the whole of it is no place to point at.
    pub(super) fn span_of(&self, document: usize) -> Span {
        let start = self.documents.get(document).map_or(0, |node| node.span.start());
        let line = self.source().text().get(start..).and_then(|text| text.lines().next());
        Span::new(start, start + line.map_or(0, str::len))
    }
}

impl<'a> Sniffed<'a> {
    /// The text.
    #[must_use]
    pub fn source(&self) -> &'a Source {
        self.host.text()
    }

    /// The name of the file without its folders.
    #[must_use]
    pub fn file_name(&self) -> &'a str {
        let name = self.source().name();
        name.rsplit(['/', '\\']).next().unwrap_or(name)
    }

    /// Whether the first document is an object that has all of these members.
    #[must_use]
    pub fn has(&self, names: &[&str]) -> bool {
        self.documents.first().is_some_and(|node| names.iter().all(|name| node.get(name).is_some()))
    }

    /// Whether the first document is an object that has one of these members.
    #[must_use]
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.documents.first().is_some_and(|node| names.iter().any(|name| node.get(name).is_some()))
    }

    /// What stands for an ARN in the name of a file: a colon and a slash cannot stand there everywhere, so that they may
    /// be URL-encoded.
    #[must_use]
    pub fn decoded(&self, subject: &str) -> String {
        Embedded::whole(Source::new("", subject))
            .percent_decoded()
            .map_or_else(|| subject.to_owned(), |decoded| decoded.text().text().to_owned())
    }

    /// What a command was asked about, which its output does not repeat, when the file is named for it:
    /// `get-bucket-policy.NAME.json`, or `NAME.json` in a folder `get-bucket-policy`.
    #[must_use]
    pub fn subject(&self, command: &str) -> Option<&'a str> {
        let mut parts = self.source().name().rsplit(['/', '\\']);
        let stem = |name: &'a str| name.strip_suffix(".json").or_else(|| name.strip_suffix(".yaml"));
        let name = stem(parts.next()?)?;
        let of_file = name.strip_prefix(command).and_then(|rest| rest.strip_prefix('.'));
        of_file.or_else(|| (parts.next()? == command).then_some(name)).filter(|subject| !subject.is_empty())
    }
}
