//! Claims with their answers.

use super::evidence::{Evidence, Spot};
use crate::{Case, CaseOutcome, Passage};
use polsim_prove::Assumption;
use schemars::JsonSchema;
use serde::Serialize;

/// How a note begins that tells of an assumption; `from` writes them.
const ASSUMED: &str = "assumed (";

/// A claim with its answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Answered {
    /// What refers to it in this document, such as `claim-1`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The suite that it stands in.
    pub suite: String,
    /// Where it is written.
    pub spot: Option<Spot>,
    /// Words to choose it by.
    pub tags: Vec<String>,
    /// Why it is claimed, or skipped.
    pub reason: Option<String>,
    /// How it ended.
    pub outcome: CaseOutcome,
    /// The answer in a sentence.
    pub sentence: String,
    /// The request that breaks the claim, or shows it, on its way through the layers.
    pub passage: Option<Passage>,
    /// What the answer rests on.
    pub evidence: Vec<Evidence>,
    /// What one should know besides: what a proof is about, say.
    pub notes: Vec<String>,
    /// The assumptions that a proof needed, by their ids.
    pub assumptions: Vec<String>,
}

/// A fact about real requests that answers rest on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Assumed {
    /// Its id.
    pub id: String,
    /// What is taken to hold.
    pub meaning: String,
    /// The clause that it comes from.
    pub clause: String,
    /// Where it does not hold.
    pub limits: String,
    /// The claims that need it, by their ids.
    pub needed_by: Vec<String>,
}

impl Answered {
    pub(super) fn of(at: usize, case: &Case) -> Self {
        let answer = &case.answer;
        let notes = answer.notes.iter().filter(|note| !note.starts_with(ASSUMED)).cloned().collect();
        Self {
            id: id(at),
            name: case.name.clone(),
            suite: case.suite.clone(),
            spot: case.place.as_ref().map(Spot::of),
            tags: case.tags.clone(),
            reason: case.reason.clone(),
            outcome: case.outcome,
            sentence: answer.headline.clone(),
            passage: answer.passage.as_deref().cloned(),
            evidence: answer.entries.iter().map(Evidence::of).collect(),
            notes,
            assumptions: needed(case).map(|assumption| assumption.id().to_owned()).collect(),
        }
    }
}

/// What refers to a claim.
pub(super) fn id(at: usize) -> String {
    format!("claim-{}", at + 1)
}

/// The assumptions that an answer needed.
fn needed(case: &Case) -> impl Iterator<Item = Assumption> {
    let told = |assumption: &Assumption| {
        let begin = format!("{ASSUMED}{})", assumption.id());
        case.answer.notes.iter().any(|note| note.starts_with(&begin))
    };
    Assumption::ALL.iter().copied().filter(told)
}

/// The assumptions of all answers, each with the claims that need it.
pub(super) fn assumptions(cases: &[Case]) -> Vec<Assumed> {
    let of = |assumption: &Assumption| {
        let by = cases.iter().enumerate().filter(|(_, case)| needed(case).any(|other| other == *assumption));
        Assumed {
            id: assumption.id().to_owned(),
            meaning: assumption.meaning().to_string(),
            clause: assumption.clause().to_string(),
            limits: assumption.limits().to_string(),
            needed_by: by.map(|(at, _)| id(at)).collect(),
        }
    };
    Assumption::ALL.iter().map(of).filter(|assumed| !assumed.needed_by.is_empty()).collect()
}
