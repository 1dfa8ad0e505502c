//! Near misses: which single condition key, held otherwise, would change the verdict.
//!
//! The prover finds the value. A newcomer would doubt that the answer is exact, for the prover looks at requests that
//! carry nothing else: so the request itself is decided again with that key, and only what holds of it is told.

use crate::against::Against;
use polsim_arn::{ActionPattern, Budget, Pattern};
use polsim_eval::{KeyState, Model, Outcome, Request, Variable, Verdict};
use polsim_policy::{ConditionKey, Later};
use polsim_prove::{Answer, Assumptions, Expectation, PrincipalRegion, Question, Region, ask};
use polsim_report::from::decision::Change;
use std::collections::BTreeSet;

/// The most steps for each change that is tried.
const STEPS_PER_CHANGE: u64 = 200_000;

/// The keys each of which alone, held otherwise, turns a denial into an Allow, or an Allow into a denial. Keys that
/// follow from the request (`derived`) cannot be held otherwise.
pub(crate) fn changes(
    against: Against<'_>,
    request: &Request,
    derived: &[ConditionKey],
    outcome: Outcome,
) -> Vec<Change> {
    let Some(verdict) = outcome.verdict() else { return Vec::new() };
    let keys = keys(against, request);
    let mut model = against.model.clone();
    // Nobody who asks can choose what is known only later.
    let candidates = keys.iter().filter(|key| !derived.contains(key) && Later::of(key).is_none());
    let found = candidates.filter_map(|key| {
        let state = other_value(against, &mut model, request, &keys, derived, key, verdict)?;
        let mut changed = request.clone();
        changed.context.replace(key.clone(), state.clone());
        let verdict_then = against.outcome(&changed).verdict()?;
        (verdict_then != verdict).then(|| Change { key: key.clone(), state, verdict: verdict_then })
    });
    found.collect()
}

/// The keys that the statements name which can apply to what is asked: no other key can matter, and the policies of an
/// organization name hundreds.
fn keys(against: Against<'_>, request: &Request) -> Vec<ConditionKey> {
    let table = against.model.keys();
    let mut found = BTreeSet::new();
    for policy in against.layers.all().filter_map(|id| against.model.policy(id)) {
        for statement in policy.candidates(request.action.folded(), &request.resource) {
            statement.for_each_variable(&mut |name| found.extend(table.find(name)));
            for part in &statement.condition {
                part.for_each_test(&mut |test| {
                    if let Variable::Key(key) = test.variable {
                        found.insert(key);
                    }
                });
            }
        }
    }
    found.into_iter().filter_map(|key| table.key(key).cloned()).collect()
}

/// A value of a key with which a request like this one, that carries nothing else, gets another verdict.
///
/// `model` is that of the policies; a key that only the request states is added to it.
fn other_value(
    against: Against<'_>,
    model: &mut Model,
    request: &Request,
    keys: &[ConditionKey],
    derived: &[ConditionKey],
    key: &ConditionKey,
    verdict: Verdict,
) -> Option<KeyState> {
    let mut region = Region {
        actions: vec![ActionPattern::parse(request.action.as_str()).ok()?],
        resources: vec![Pattern::exact(&request.resource)],
        principal: PrincipalRegion::One(Box::new(request.principal.clone())),
        paths: vec![request.path],
        resource_account: request.resource_account.clone(),
        // A request that states little breaks facts that real ones are as; then they cannot tell what to change either.
        assumptions: Assumptions::default().holding(request, None),
        ..Region::default()
    };
    for (other, state) in request.context.iter().filter(|(other, _)| *other != key) {
        region.state(model, other, state.clone());
    }
    for other in keys.iter().filter(|other| *other != key && !derived.contains(other)) {
        if request.context.stated(other).is_none() {
            region.state(model, other, KeyState::Absent);
        }
    }
    let expect = if verdict == Verdict::Allowed { Expectation::Allow } else { Expectation::Deny };
    let question = Question {
        model,
        layers: against.layers,
        scope: against.scope,
        region: &region,
        claim: expect.into(),
    };
    let Answer::Refuted(witness) = ask(&question, &mut Budget::new(STEPS_PER_CHANGE)) else { return None };
    let state = witness.request.context.stated(key).cloned().unwrap_or(KeyState::Absent);
    (request.context.stated(key) != Some(&state)).then_some(state)
}
