//! What a rule finds.

use crate::fix::Fix;
use crate::severity::{Confidence, Severity};
use polsim_eval::Request;
use polsim_text::{Source, Span};

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How bad it is here.
    pub severity: Severity,
    /// How sure the rule is here.
    pub confidence: Confidence,
    /// What is the matter, in one sentence without a full stop.
    pub sentence: String,
    /// Where.
    pub place: Place,
    /// What else belongs to it, in this text or another.
    pub further: Vec<Place>,
    /// What to do about it.
    pub help: Option<String>,
    /// A request that shows it.
    pub witness: Option<Box<Request>>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

/// A place in a text, with a few words.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Source,
    /// The bytes.
    pub span: Span,
    /// What is there.
    pub label: Option<String>,
}

impl Finding {
    /// A few words at the place itself.
    pub fn saying(&mut self, label: impl Into<String>) -> &mut Self {
        self.place.label = Some(label.into());
        self
    }

    /// A second place in the same text.
    pub fn also(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        let source = self.place.source.clone();
        self.also_in(&source, span, label)
    }

    /// A place in another text.
    pub fn also_in(&mut self, source: &Source, span: Span, label: impl Into<String>) -> &mut Self {
        self.further.push(Place { source: source.clone(), span, label: Some(label.into()) });
        self
    }

    /// What to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// How sure the rule is, where that differs from the rule's own word.
    pub fn confidence(&mut self, confidence: Confidence) -> &mut Self {
        self.confidence = confidence;
        self
    }

    /// How bad it is, where that differs from the rule's own word.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// A request that shows it.
    pub fn witness(&mut self, request: &Request) -> &mut Self {
        self.witness = Some(Box::new(request.clone()));
        self
    }

    /// A change that mends it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }
}

/// Where the check of one rule puts what it finds.
#[derive(Debug)]
pub struct Findings<'f> {
    /// What findings are unless they say otherwise.
    severity: Severity,
    confidence: Confidence,
    /// What the place of a finding is in unless the rule says otherwise.
    source: &'f Source,
    found: Vec<Finding>,
    /// The one that the rule may be telling more about.
    latest: Option<Finding>,
}

impl<'f> Findings<'f> {
    pub(crate) fn new(severity: Severity, confidence: Confidence, source: &'f Source) -> Self {
        Self { severity, confidence, source, found: Vec::new(), latest: None }
    }

    /// Something at a place of the text that is looked at. The finding can be told more.
    pub fn add(&mut self, span: Span, sentence: impl Into<String>) -> &mut Finding {
        self.add_in(self.source, span, sentence)
    }

    /// Something at a place of another text; for rules that look at a whole project.
    pub fn add_in(&mut self, source: &Source, span: Span, sentence: impl Into<String>) -> &mut Finding {
        let finding = Finding {
            severity: self.severity,
            confidence: self.confidence,
            sentence: sentence.into(),
            place: Place { source: source.clone(), span, label: None },
            further: Vec::new(),
            help: None,
            witness: None,
            fix: None,
        };
        self.found.extend(self.latest.take());
        self.latest.insert(finding)
    }

    pub(crate) fn into_found(self) -> impl Iterator<Item = Finding> {
        self.found.into_iter().chain(self.latest)
    }
}
