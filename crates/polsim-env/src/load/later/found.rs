//! A policy with holes as a policy that was found.

use super::settle::{Settled, settle};
use super::{Hole, Value};
use crate::hang::Place;
use crate::inline;
use crate::load::{Diagnosis, FoundPolicy, Loaded, NamedUnknown};
use polsim_policy::PolicyType;
use polsim_text::{Embedded, Span};
use std::sync::Arc;

/// Adds a policy of the text `host` to what was found, with what is not known of it.
pub(in crate::load) fn found(
    value: &Value,
    policy_type: PolicyType,
    name: &str,
    host: &Embedded,
    loaded: &mut Loaded,
) -> Arc<FoundPolicy> {
    let settled = settle(value, policy_type, &unlike_others(host, name), None);
    let place = |span: Span| Place { source: host.host().clone(), span: host.in_host(span) };
    value.for_each_hole(&mut |hole, span| {
        if !loaded.unknowns.iter().any(|known| known.name == hole.name) {
            let place = place(span);
            loaded.unknowns.push(NamedUnknown {
                name: hole.name.clone(),
                place,
                because: hole.because.to_owned(),
            });
        }
    });
    if let (false, Some(hole)) = (settled.perhaps.is_empty(), value.first_hole()) {
        let statements = settled.node.get("Statement").and_then(|list| list.items()).unwrap_or_default();
        let first = settled.perhaps.first().and_then(|at| statements.get(*at));
        let at = place(first.map_or(value.span, |statement| statement.span));
        let line = Span::new(at.span.start(), first_line_end(at.source.text(), at.span));
        loaded.note(
            Diagnosis::KnownLater { policy: name.to_owned(), name: hole.name.clone(), because: hole.because },
            &at.source,
            line,
        );
    }
    let found = as_found(settled, policy_type, name, host);
    loaded.policies.push(Arc::clone(&found));
    found
}

/// A policy that hangs on something and is none of those that were found, for these are as they are written. With `when`,
/// whether it hangs there depends on that.
pub(in crate::load) fn hung(
    value: &Value,
    policy_type: PolicyType,
    name: &str,
    host: &Embedded,
    when: Option<&Hole>,
) -> Arc<FoundPolicy> {
    let settled = settle(value, policy_type, &unlike_others(host, name), when);
    as_found(settled, policy_type, name, host)
}

/// What no other policy is called: two files may have policies of one name, an old and a new one.
fn unlike_others(host: &Embedded, name: &str) -> String {
    format!("{} {name}", host.host().name())
}

fn as_found(settled: Settled, policy_type: PolicyType, name: &str, host: &Embedded) -> Arc<FoundPolicy> {
    let text = inline::written(host, &settled.node, name);
    Arc::new(FoundPolicy {
        name: name.to_owned(),
        policy_type,
        guess: None,
        is_of_aws: false,
        perhaps: settled.perhaps,
        text,
    })
}

/// Where the first line of a place ends: a statement of twenty lines is no place to underline.
fn first_line_end(text: &str, span: Span) -> usize {
    let inside = text.get(span.start()..span.end()).unwrap_or_default();
    span.start() + inside.lines().next().map_or(0, str::len)
}
