//! One thing that a report says.

use polsim_lint::{Confidence, Fix, Rule, Severity};
use polsim_text::json::{Step, pointer};
use polsim_text::{Source, Span};

/// One thing that a report says: a sentence, the places that it speaks of, and what to do.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The stable code, such as `SYN006`, where there is one.
    pub code: Option<&'static str>,
    /// The clause of the law behind it, such as `S1.6.1`.
    pub clause: Option<&'static str>,
    /// How it is meant.
    pub level: Level,
    /// What is said.
    pub sentence: String,
    /// The evidence, as a table: the request of a counterexample, say.
    pub rows: Vec<Row>,
    /// The places that it speaks of, in one text or several.
    pub places: Vec<Place>,
    /// What to do about it, or what to know.
    pub help: Option<String>,
    /// The rule behind it, when it is a finding of the linter.
    pub finding: Option<Box<FindingFacts>>,
}

/// What a finding of the linter has beyond other entries.
#[derive(Clone, Debug)]
pub struct FindingFacts {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// How sure the rule is here.
    pub confidence: Confidence,
    /// What stays the same of it when the text moves.
    pub fingerprint: String,
    /// The way to it through the document.
    pub path: Vec<PathStep>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

/// A step into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// Into the member of an object.
    Name(String),
    /// Into the element of a list, counted from zero.
    Index(usize),
}

/// How an entry is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// It must be mended.
    Error,
    /// It will surprise.
    Warning,
    /// It could be better.
    Advice,
    /// Something that denies.
    Denies,
    /// Something that allows.
    Allows,
    /// Something to know.
    Fact,
}

/// A place in a text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Source,
    /// The bytes.
    pub span: Span,
    /// What is there, in a few words.
    pub label: Option<String>,
    /// Whether the entry is about this place first.
    pub primary: bool,
}

/// One line of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is the value of: `principal`, `aws:SourceVpce`.
    pub key: String,
    /// The value.
    pub value: String,
    /// Where it comes from, in a few words.
    pub note: Option<String>,
}

impl Entry {
    /// An entry that is a sentence.
    #[must_use]
    pub fn new(level: Level, sentence: impl Into<String>) -> Self {
        Self {
            code: None,
            clause: None,
            level,
            sentence: sentence.into(),
            rows: Vec::new(),
            places: Vec::new(),
            help: None,
            finding: None,
        }
    }

    /// The same with a code.
    #[must_use]
    pub fn with_code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same with a further place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// The same with help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with evidence.
    #[must_use]
    pub fn with_rows(mut self, rows: Vec<Row>) -> Self {
        self.rows = rows;
        self
    }

    /// The place that the entry is about first.
    #[must_use]
    pub fn primary(&self) -> Option<&Place> {
        let primary = self.places.iter().find(|place| place.primary);
        primary.or_else(|| self.places.first())
    }
}

impl FindingFacts {
    /// The way to it as a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        let steps = self.path.iter().map(|step| match step {
            PathStep::Name(name) => Step::Name(name),
            PathStep::Index(index) => Step::Index(*index),
        });
        pointer(&steps.collect::<Vec<_>>())
    }
}

impl From<Step<'_>> for PathStep {
    fn from(step: Step<'_>) -> Self {
        match step {
            Step::Name(name) => Self::Name(name.to_owned()),
            Step::Index(index) => Self::Index(index),
        }
    }
}

impl Level {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
            Self::Denies => "denies",
            Self::Allows => "allows",
            Self::Fact => "fact",
        }
    }
}

impl Place {
    /// The place that an entry is about.
    #[must_use]
    pub fn primary(source: &Source, span: Span) -> Self {
        Self { source: source.clone(), span, label: None, primary: true }
    }

    /// A place that belongs to it.
    #[must_use]
    pub fn other(source: &Source, span: Span) -> Self {
        Self { primary: false, ..Self::primary(source, span) }
    }

    /// The same with a few words.
    #[must_use]
    pub fn saying(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Whether two places are in one text.
    #[must_use]
    pub fn shares_text_with(&self, other: &Self) -> bool {
        std::ptr::eq(self.source.text(), other.source.text())
    }
}

impl Row {
    /// A line without a note.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into(), note: None }
    }

    /// The same with a note.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}
