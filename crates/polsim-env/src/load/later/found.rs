//! A policy with holes as a policy that was found.

use super::{Value, settle};
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
    // Two files may have policies of one name, an old and a new one of which something else is not known.
    let settled = settle(value, policy_type, &format!("{} {name}", host.host().name()));
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
    let text = inline::written(host, &settled.node, name);
    let found = FoundPolicy {
        name: name.to_owned(),
        policy_type,
        guess: None,
        is_of_aws: false,
        perhaps: settled.perhaps,
        text,
    };
    let found = Arc::new(found);
    loaded.policies.push(Arc::clone(&found));
    found
}

/// Where the first line of a place ends: a statement of twenty lines is no place to underline.
fn first_line_end(text: &str, span: Span) -> usize {
    let inside = text.get(span.start()..span.end()).unwrap_or_default();
    span.start() + inside.lines().next().map_or(0, str::len)
}
