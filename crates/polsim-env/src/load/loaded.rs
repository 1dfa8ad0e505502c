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
    ///
    /// What two texts call alike and both leave open may be two different things; as one key it would be taken for one.
    pub fn append(&mut self, other: Self) {
        for unknown in &other.unknowns {
            let is_same = |known: &&NamedUnknown| known.name == unknown.name;
            let known = self.unknowns.iter().find(is_same).map(|known| known.place.source.name().to_owned());
            let source = &unknown.place.source;
            if let Some(first) = known.filter(|first| first != source.name()) {
                let diagnosis = Diagnosis::UnknownTwice { name: unknown.name.clone(), first };
                self.problems.push(Problem::new(ProblemKind::Load(diagnosis), source, unknown.place.span));
            }
        }
        self.policies.extend(other.policies);
        self.facts.append(other.facts);
        self.unknowns.extend(other.unknowns);
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
    }
}
