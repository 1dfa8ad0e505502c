//! More than one counterexample: each is decided by other statements than those before.

use crate::answer::{Answer, Witness};
use crate::ask::ask;
use polsim_arn::Budget;
use polsim_eval::{Formula, Model};
use polsim_question::question::Question;

/// Counterexamples beside a first one, until there are `number` in all or no other is found.
#[must_use]
pub fn others(question: &Question<'_>, first: &Witness, number: usize, budget: &mut Budget) -> Vec<Witness> {
    let mut region = question.region.clone();
    let mut found: Vec<Witness> = Vec::new();
    let mut last = first.clone();
    while found.len() + 1 < number {
        let Some(limit) = elsewhere(&last, question.model) else { break };
        region.keys.push(limit);
        let Answer::Refuted(witness) = ask(&Question { region: &region, ..*question }, budget) else { break };
        last = (*witness).clone();
        found.push(*witness);
    }
    found
}

/// That not all statements apply which decide a counterexample; `None` when none does.
fn elsewhere(witness: &Witness, model: &Model) -> Option<Formula> {
    let decision = &witness.decision;
    let deciding = if decision.denied_by.is_empty() { &decision.allowed_by } else { &decision.denied_by };
    let guards: Vec<Formula> =
        deciding.iter().filter_map(|(_, id)| Some(model.statement(*id)?.guard())).collect();
    (!guards.is_empty()).then(|| Formula::all(guards).negated())
}
