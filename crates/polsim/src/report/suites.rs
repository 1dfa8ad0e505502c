//! The suites of a review: their cases with answers, and what these exercise.

use super::policies::Looked;
use super::question::ReportOf;
use crate::read::Reader;
use crate::test::{Outcome, Suite, Test, suites_among, test};
use polsim_report::review::{Coverage, Spot, Uncovered};
use polsim_report::{Case, CoveredFile};

/// What suites tell.
#[derive(Default)]
pub(super) struct Told {
    pub(super) cases: Vec<Case>,
    /// What the cases exercise, when there are any.
    pub(super) coverage: Option<Coverage>,
    /// What could not be read, and notes.
    pub(super) looked: Looked,
    pub(super) suites: Vec<Suite>,
}

/// Runs the suites among the paths.
pub(super) fn told(question: &ReportOf, reader: &Reader) -> Told {
    let paths = suites_among(&question.paths);
    if paths.is_empty() {
        return Told::default();
    }
    let asked = Test {
        paths,
        filter: Vec::new(),
        fail_fast: false,
        allow_outside: question.allow_outside,
        today: question.date.clone(),
        coverage: true,
        least: None,
        mutate: false,
    };
    let Outcome { tested, suites, .. } = test(&asked, reader);
    Told {
        cases: tested.run.cases,
        coverage: tested.coverage.as_deref().map(covered),
        looked: Looked { entries: tested.problems, notes: tested.run.notes, ..Looked::default() },
        suites,
    }
}

fn covered(files: &[CoveredFile]) -> Coverage {
    let mut coverage = Coverage { covered: 0, statements: 0, uncovered: Vec::new() };
    for file in files {
        for statement in &file.statements {
            coverage.statements += 1;
            let spot = Spot { path: file.path.clone(), line: statement.line, column: 1 };
            let name = statement.name.clone();
            if statement.hits == 0 {
                coverage.uncovered.push(Uncovered { spot, statement: name, elements: Vec::new() });
                continue;
            }
            coverage.covered += 1;
            let parts = statement.elements.iter().filter(|part| part.hits == 0);
            let elements: Vec<String> = parts.map(|part| part.what.clone()).collect();
            if !elements.is_empty() {
                coverage.uncovered.push(Uncovered { spot, statement: name, elements });
            }
        }
    }
    coverage
}
