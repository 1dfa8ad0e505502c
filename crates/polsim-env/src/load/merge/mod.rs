//! The facts of many files as one environment, and what no file says.
//!
//! What is needed for an answer and is not told is a problem; what may be there and is not told is a note. An
//! environment file that stands beside the dumps has the last word: what it describes is taken from it.

mod iam;
mod named;
mod organization;
mod things;

use super::{Diagnosis, Facts, Told};
use crate::atlas::Atlas;
use crate::hang::Place;
use crate::problem::{Problem, ProblemKind};
use crate::schema::{EnvironmentFile, Named, Placed};
use polsim_text::Source;

/// An environment that is made from files, ready to be built.
#[derive(Debug)]
pub struct Merged {
    /// What it says.
    pub file: EnvironmentFile,
    /// The texts that it comes from.
    pub atlas: Atlas,
    /// What keeps it from being built.
    pub problems: Vec<Problem>,
    /// What the files leave open.
    pub notes: Vec<Problem>,
}

/// Merges facts into an environment file, or into an empty one that is known by the name of `main`.
#[must_use]
pub fn merge(facts: Facts, main: &Source, own: Option<EnvironmentFile>) -> Merged {
    let mut merger = Merger { atlas: Atlas::of(main.clone()), problems: Vec::new(), notes: Vec::new() };
    let mut file = own.unwrap_or_default();
    merger.iam(&facts, &mut file);
    merger.things(&facts, &mut file);
    merger.organization(&facts, &mut file);
    let Merger { atlas, problems, notes } = merger;
    Merged { file, atlas, problems, notes }
}

/// What the parts of merging share.
struct Merger {
    atlas: Atlas,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
}

impl Merger {
    fn placed(&mut self, told: &Told<String>) -> Placed<String> {
        Placed::new(told.value.clone(), self.atlas.span(&told.place))
    }

    fn problem(&mut self, diagnosis: Diagnosis, place: &Place) {
        self.problems.push(Problem::new(ProblemKind::Load(diagnosis), &place.source, place.span));
    }

    fn note(&mut self, diagnosis: Diagnosis, place: &Place) {
        self.notes.push(Problem::new(ProblemKind::Load(diagnosis), &place.source, place.span));
    }
}

/// Adds entries to a table that may not be there.
fn add<T>(table: &mut Option<Named<T>>, entries: Vec<(Placed<String>, T)>) {
    if entries.is_empty() {
        return;
    }
    let table = table.get_or_insert_default();
    for (name, entry) in entries {
        table.push(name, entry);
    }
}
