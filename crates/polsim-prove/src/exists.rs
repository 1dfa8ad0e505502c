//! Whether some request is allowed: the opposite of a claim that all are denied, and yet not quite. Under each reading of
//! what AWS leaves open there has to be such a request; here it is one request that all readings allow.

use crate::answer::{Answer, Proof, Reason, Witness};
use crate::ask::ask;
use polsim_arn::{ActionPattern, Budget, Pattern};
use polsim_eval::Request;
use polsim_question::question::{Claim, DERIVED, Expectation, PrincipalRegion, Question, Region};

/// An answer about some request of a region.
#[derive(Clone, Debug)]
pub enum Existence {
    /// This request is allowed, under every reading.
    Shown(Box<Witness>),
    /// No request of the region is allowed.
    Disproved(Proof),
    /// It is not decided.
    Unknown(Reason),
}

/// Whether some request of the region is allowed; what the question claims does not matter.
#[must_use]
pub fn some_allowed(question: &Question<'_>, budget: &mut Budget) -> Existence {
    let none = Question { claim: Claim::Verdict(Expectation::Deny), ..*question };
    let witness = match ask(&none, budget) {
        Answer::Proved(proof) => return Existence::Disproved(proof),
        Answer::Unknown(reason) => return Existence::Unknown(reason),
        Answer::Refuted(witness) => witness,
    };
    if let Some(reading) = witness.readings.first() {
        return Existence::Unknown(Reason::Reading(*reading));
    }
    let Some(region) = only(&witness.request, question) else {
        return Existence::Unknown(Reason::Correlation("the action".to_owned()));
    };
    let pinned = Question { region: &region, claim: Claim::Verdict(Expectation::Allow), ..*question };
    match ask(&pinned, budget) {
        Answer::Proved(_) => Existence::Shown(witness),
        Answer::Unknown(reason) => Existence::Unknown(reason),
        Answer::Refuted(other) => match other.readings.first() {
            Some(reading) => Existence::Unknown(Reason::Reading(*reading)),
            None => Existence::Unknown(Reason::Correlation("the keys of the principal".to_owned())),
        },
    }
}

/// The region of nothing but one request that states all keys of the model.
fn only(request: &Request, question: &Question<'_>) -> Option<Region> {
    let model = question.model;
    let known = request.context.iter().filter(|(key, _)| !DERIVED.contains(&key.folded().as_str()));
    Some(Region {
        actions: vec![ActionPattern::parse(request.action.as_str()).ok()?],
        resources: vec![Pattern::exact(&request.resource)],
        principal: PrincipalRegion::One(Box::new(request.principal.clone())),
        known: known
            .filter_map(|(key, state)| Some((model.keys().find(&key.folded())?, state.clone())))
            .collect(),
        paths: vec![request.path],
        resource_account: request.resource_account.clone(),
        keys: Vec::new(),
        ..question.region.clone()
    })
}
