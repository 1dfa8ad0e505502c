//! Coverage by files: suites that are about the same policies count together.

use super::ran_suite::RanSuite;
use super::suite::place;
use polsim_report::{CoveredFile, CoveredPart, CoveredStatement, Place};
use polsim_suite::{Coverage, PartOf};

/// What the cases of suites exercise, in the order of the suites.
pub(super) fn coverage(ran: &[RanSuite<'_>]) -> Vec<CoveredFile> {
    let mut files: Vec<CoveredFile> = Vec::new();
    for RanSuite { suite, cases } in ran {
        let world = &suite.world;
        let coverage = Coverage::of(&world.environment, cases.iter().map(|(_, _, exercised)| exercised));
        let mut last = None;
        for covered in &coverage.parts {
            let id = covered.part.statement;
            let Some(place) = place(world, id.policy, covered.span) else { continue };
            let path = place.source.name().to_owned();
            let at = files.iter().position(|file| file.path == path).unwrap_or_else(|| {
                files.push(CoveredFile { path, statements: Vec::new() });
                files.len() - 1
            });
            let Some(file) = files.get_mut(at) else { continue };
            let line = line_of(&place);
            if covered.part.of == PartOf::Whole {
                let name = world.library.name(id);
                // A policy that hangs in two environments is one file.
                let known = file.statements.iter().position(|own| own.line == line && own.name == name);
                let at = known.unwrap_or_else(|| {
                    file.statements.push(CoveredStatement { name, line, hits: 0, elements: Vec::new() });
                    file.statements.len() - 1
                });
                last = Some(at);
                if let Some(statement) = file.statements.get_mut(at) {
                    statement.hits += covered.hits;
                }
                continue;
            }
            let Some(statement) = last.and_then(|at| file.statements.get_mut(at)) else { continue };
            match statement.elements.iter_mut().find(|part| part.what == covered.what && part.line == line) {
                Some(part) => part.hits += covered.hits,
                None => statement.elements.push(CoveredPart {
                    what: covered.what.clone(),
                    line,
                    hits: covered.hits,
                }),
            }
        }
    }
    files
}

fn line_of(place: &Place) -> usize {
    place.source.position(place.span.start()).line
}
