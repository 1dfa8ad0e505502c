//! What was found in files.

use super::{Diagnosis, Facts, FoundPolicy, NamedUnknown};
use crate::problem::{Problem, ProblemKind};
use polsim_text::{Source, Span};
use std::sync::Arc;

/// What was found in one text, or in several.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The policies, in the order of the text.
    pub policies: Vec<Arc<FoundPolicy>>,
    /// What the text says about accounts, principals and so on.
    pub facts: Facts,
    /// Values that the text does not tell, because they are known only later.
    pub unknowns: Vec<NamedUnknown>,
    /// What keeps it from being used.
    pub problems: Vec<Problem>,
    /// What was odd, or is not said.
    pub notes: Vec<Problem>,
}

impl Loaded {
    /// Tells what is wrong.
    pub fn problem(&mut self, diagnosis: Diagnosis, file: &Source, span: Span) {
        self.problems.push(Problem::new(ProblemKind::Load(diagnosis), file, span));
    }

    /// Tells what should be known, and keeps nothing from being used.
    pub fn note(&mut self, diagnosis: Diagnosis, file: &Source, span: Span) {
        self.notes.push(Problem::new(ProblemKind::Load(diagnosis), file, span));
    }

    /// Adds what was found in another text.
    pub fn append(&mut self, other: Self) {
        self.policies.extend(other.policies);
        self.facts.append(other.facts);
        self.unknowns.extend(other.unknowns);
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
    }
}
