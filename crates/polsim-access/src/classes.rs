//! Actions that nothing tells apart for a principal: all statements that may bind it speak of all of them or of none.
//!
//! Of such a class one action is asked about, and the answer holds for the others.

use polsim_arn::ActionName;
use polsim_env::Environment;
use polsim_env::question::Who;
use polsim_eval::{CompiledStatement, Formula, Layers, Operand, PolicyId};
use polsim_policy::Effect;
use polsim_value::Membership;
use rustc_hash::FxHashMap;

/// Puts actions together that nothing tells apart, in the order in which they were given. Actions that no statement allows
/// are left out where an Allow is needed.
///
/// `resources` says on which resources each action is done, in words; actions on other ones are told apart.
#[must_use]
pub fn classes(
    environment: &Environment,
    who: &Who<'_>,
    actions: &[(ActionName, String)],
) -> Vec<Vec<usize>> {
    let statements = statements(environment, who);
    let needs_allow = who.principal.kind.has_identity_policies();
    let mut numbers: FxHashMap<(&str, &str, Vec<u64>), usize> = FxHashMap::default();
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for (at, (action, resources)) in actions.iter().enumerate() {
        let mut signature = vec![0_u64; statements.len().div_ceil(64)];
        let mut is_allowed = false;
        for (number, statement) in statements.iter().enumerate() {
            if speaks_of(&statement.action, action.folded()) {
                is_allowed |= statement.effect == Effect::Allow;
                if let Some(word) = signature.get_mut(number / 64) {
                    *word |= 1 << (number % 64);
                }
            }
        }
        if needs_allow && !is_allowed {
            continue;
        }
        let next = classes.len();
        let class = *numbers.entry((action.service(), resources.as_str(), signature)).or_insert(next);
        match classes.get_mut(class) {
            Some(class) => class.push(at),
            None => classes.push(vec![at]),
        }
    }
    classes
}

/// The statements that may bind requests of somebody: its own, those of its organization, and all of resources and
/// endpoints.
fn statements<'e>(environment: &'e Environment, who: &Who<'_>) -> Vec<&'e CompiledStatement> {
    let mut own = Layers::default();
    if let Some(issuer) = who.issuer {
        own.identity.clone_from(&issuer.identity);
        own.boundary = issuer.boundary.map(|boundary| vec![boundary]);
        own.session.clone_from(&issuer.session);
    }
    let session = who.entry.and_then(|entry| entry.session.clone()).unwrap_or_default();
    let levels = environment.accounts().flat_map(|(_, account)| [&account.scps, &account.rcps]);
    let levels = levels.flatten().flatten().flatten().copied();
    let resources = environment.resources().iter().flat_map(|resource| {
        resource.policy.into_iter().chain(resource.access_points.iter().filter_map(|point| point.policy))
    });
    let trust = environment.principals().iter().filter_map(|principal| principal.trust);
    let endpoints = environment.endpoints().iter().filter_map(|endpoint| endpoint.policy);
    let mut ids: Vec<PolicyId> =
        own.all().chain(session).chain(levels).chain(resources).chain(trust).chain(endpoints).collect();
    ids.sort_unstable();
    ids.dedup();
    let policies = ids.into_iter().filter_map(|id| environment.model().policy(id));
    policies.flat_map(|policy| &policy.statements).collect()
}

/// Whether the action element of a statement holds for an action in lower case, under any reading.
fn speaks_of(formula: &Formula, action: &str) -> bool {
    match formula {
        Formula::Always => true,
        Formula::Never => false,
        Formula::All(parts) => parts.iter().all(|part| speaks_of(part, action)),
        Formula::Any(parts) => parts.iter().any(|part| speaks_of(part, action)),
        Formula::Not(inner) => !speaks_of(inner, action),
        Formula::Choice { chosen, alternative, .. } => {
            speaks_of(chosen, action) || speaks_of(alternative, action)
        }
        Formula::Test(test) => match &test.operand {
            Operand::Closed(set) => set.membership(action) == Membership::In,
            Operand::Open(_) => true,
        },
    }
}
