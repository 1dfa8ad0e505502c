//! Changes of policies that no case notices.

use super::ran_suite::RanSuite;
use super::suite::place;
use polsim_report::{Entry, Level};
use polsim_suite::{Asked, Case, Change, Mutant, Standing, mutants};
use rayon::prelude::*;

/// The changes that no case of the suite notices, as entries, and how many were tried.
pub(super) fn survivors(ran: &[RanSuite<'_>], today: &str) -> (Vec<Entry>, usize) {
    let mut entries = Vec::new();
    let mut tried = 0;
    for RanSuite { suite, cases } in ran {
        // What does not hold anyway notices nothing, and comparisons are about two environments.
        let holding: Vec<&Case> = cases
            .iter()
            .filter(|(case, ran, _)| {
                ran.standing == Standing::Holds && !matches!(case.asked, Asked::Compare { .. })
            })
            .map(|(case, ..)| *case)
            .collect();
        let environment = &suite.world.environment;
        let all = mutants(environment);
        tried += all.len();
        let found: Vec<Option<&Mutant>> = all
            .par_iter()
            .map(|mutant| {
                let killer = mutant.killer(holding.iter().copied(), environment, today);
                killer.is_none().then_some(mutant)
            })
            .collect();
        for mutant in found.into_iter().flatten() {
            let name = suite.world.library.name(mutant.statement);
            let sentence = format!(
                "no case of {} notices when {name} {}",
                suite.plan.source.name(),
                told(&mutant.change)
            );
            let mut entry = Entry::new(Level::Warning, sentence);
            entry.places.extend(place(&suite.world, mutant.statement.policy, mutant.span));
            entries.push(entry);
        }
    }
    (entries, tried)
}

fn told(change: &Change) -> String {
    match change {
        Change::Delete => "is deleted".to_owned(),
        Change::Flip => "has the other effect".to_owned(),
        Change::AnyAction => "is about every action".to_owned(),
        Change::AnyResource => "is about every resource".to_owned(),
        Change::DropCondition(_, name) => format!("lacks the condition {name}"),
    }
}
