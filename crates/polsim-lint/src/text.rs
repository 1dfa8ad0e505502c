//! A text that is linted, read once.

use crate::settings::Settings;
use polsim_policy::{Document, Guess, PolicyType, Problem, ProblemKind, Quota, check_size, parse};
use polsim_reference::Reference;
use polsim_text::{Limits, Source};
use std::sync::Arc;

/// A text, read as policies of a type. A lawful text has one document; each that there is gets linted.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text.
    pub source: Source,
    /// The type that it was read as.
    pub policy_type: PolicyType,
    /// Why it was taken for that type; `None` when somebody said so. Findings that rest on the type are less sure then.
    pub guess: Option<Guess>,
    /// What could be read.
    pub documents: Vec<Document>,
    /// What the parser says of it.
    pub problems: Vec<Problem>,
    /// How many more problems the parser counted.
    pub omitted: usize,
    /// What its owner says about it.
    pub settings: Settings,
    /// Facts about services that stand in for the bundled ones.
    pub reference: Option<Arc<Reference>>,
}

impl Text {
    /// Reads a text as policies of a type.
    #[must_use]
    pub fn parse(source: Source, policy_type: PolicyType, limits: &Limits) -> Self {
        let parsed = parse(&source, policy_type, limits);
        Self {
            source,
            policy_type,
            guess: None,
            documents: parsed.documents,
            problems: parsed.problems,
            omitted: parsed.omitted,
            settings: Settings::default(),
            reference: None,
        }
    }

    /// The same with what its owner says. A quota that is named, or follows from what carries the policy, takes the
    /// place of the one that the parser guessed.
    #[must_use]
    pub fn with(mut self, settings: Settings) -> Self {
        self.settings = settings;
        if let Some(quota) = self.quota() {
            self.problems.retain(|problem| !matches!(problem.kind, ProblemKind::ProbablyTooLong { .. }));
            let sizes = self.documents.iter().filter_map(|document| {
                let problem = check_size(self.source.slice(document.span), quota)?;
                Some(Problem::new(problem.kind, document.span))
            });
            let sizes: Vec<Problem> = sizes.collect();
            self.problems.extend(sizes);
        }
        self
    }

    /// The quota on its length, when its owner says something that tells it.
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        self.settings.quota.or_else(|| self.settings.carrier?.quota())
    }

    /// The same with other facts about services than the bundled ones.
    #[must_use]
    pub fn knowing(self, reference: Arc<Reference>) -> Self {
        Self { reference: Some(reference), ..self }
    }

    /// The same with why it was taken for its type.
    #[must_use]
    pub fn guessed(self, guess: Guess) -> Self {
        Self { guess: Some(guess), ..self }
    }
}
