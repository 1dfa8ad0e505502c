//! A request as a table.

use super::words;
use crate::Row;
use polsim_eval::{Case, KeyState, NetworkPath, PrincipalKind, Request, Variable};
use polsim_policy::{ConditionKey, Later};

/// The names of sessions that stand for any session of a role.
const ANY_SESSION: [&str; 2] = ["session", "example-session"];

/// A request as a table: what it is, and the keys of its context that a reader wants to see. What follows from the rest
/// says from what.
pub(super) fn rows(request: &Request, wanted: impl Fn(&ConditionKey) -> bool) -> Vec<Row> {
    let (who, what) = principal(request);
    let mut rows = vec![Row::new("principal", who).with_note(what)];
    rows.push(Row::new("action", request.action.to_string()));
    rows.push(Row::new("resource", request.resource.clone()));
    if request.path != NetworkPath::Direct {
        rows.push(Row::new("via", words::path(request.path)));
    }
    let derived = request.derived();
    // What is known only later is no part of a request.
    let states = request
        .context
        .iter()
        .filter(|(key, state)| **state != KeyState::Open && Later::of(key).is_none() && wanted(key));
    for (key, state) in states {
        let row = Row::new(key.as_str(), words::key_state(state));
        let from = derived.iter().find(|derived| derived.key == *key && derived.state == *state);
        rows.push(match from {
            Some(derived) => row.with_note(format!("derived from the {}", derived.from)),
            None => row,
        });
    }
    rows
}

/// Who asks, for what, of what: each as people write it.
pub(super) fn parts(request: &Request) -> [String; 3] {
    [principal(request).0, request.action.to_string(), request.resource.clone()]
}

/// Whether any of the policies that bind a request looks at a key.
pub(super) fn looks_at(case: &Case<'_>, key: &ConditionKey) -> bool {
    let Some(id) = case.model.keys().find(&key.folded()) else { return false };
    let statements = case.layers.all().filter_map(|policy| case.model.policy(policy));
    statements.flat_map(|policy| &policy.statements).any(|statement| {
        let mut found = false;
        for part in std::iter::once(&statement.resource).chain(&statement.condition) {
            part.for_each_test(&mut |test| found |= test.variable == Variable::Key(id));
        }
        statement.for_each_variable(&mut |name| found |= name.eq_ignore_ascii_case(key.as_str()));
        found
    })
}

/// The principal as people write it, and what it is. A role stands for its sessions unless one is named.
fn principal(request: &Request) -> (String, &'static str) {
    let principal = &request.principal;
    let kind = words::principal_kind(principal.kind);
    let arn = principal.arn.clone().unwrap_or_default();
    let is_any_session = arn.rsplit_once('/').is_some_and(|(_, session)| ANY_SESSION.contains(&session));
    match (principal.kind, &principal.issuer_arn) {
        (PrincipalKind::Anonymous, _) => ("anonymous".to_owned(), kind),
        (PrincipalKind::RoleSession, Some(role)) if is_any_session => (role.clone(), "a session of it"),
        _ => (arn, kind),
    }
}
