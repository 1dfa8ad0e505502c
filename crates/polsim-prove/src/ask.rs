//! Asking a question: at a glance where that is enough, else by search.

use crate::answer::Answer;
use crate::compare;
use crate::later::whatever_comes;
use crate::settle::search;
use polsim_arn::Budget;
use polsim_question::assumption::Assumption;
use polsim_question::question::{Question, Region};

/// Decides a claim about all requests of a region.
#[must_use]
pub fn ask(question: &Question<'_>, budget: &mut Budget) -> Answer {
    let ask = |question: &Question<'_>, budget: &mut Budget| {
        compare::first_tier(question, budget).unwrap_or_else(|| search(question, None, budget))
    };
    let answer = ask(question, budget);
    let answer = match &answer {
        // Who names pairs of actions and resources that no list has asks about the policies as they are written.
        Answer::Proved(proof)
            if proof.is_vacuous && proof.assumptions.contains(&Assumption::ResourceForms) =>
        {
            let assumptions = question.region.assumptions.without(Assumption::ResourceForms);
            let region = Region { assumptions, ..question.region.clone() };
            ask(&Question { region: &region, ..*question }, budget)
        }
        _ => answer,
    };
    whatever_comes(question, answer)
}
