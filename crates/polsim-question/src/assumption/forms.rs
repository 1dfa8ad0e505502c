//! What reference data says of an action: its resources, and the keys of its service that it carries.

use super::fact::{Fact, Standing};
use super::ground::{Ground, is, not_both};
use super::seen::Seen;
use polsim_arn::{Pattern, TextSet};
use polsim_eval::{Formula, Variable};

pub(super) const RESOURCE_FORMS: Fact = Fact {
    id: "resource-forms",
    clause: "S2.3.9",
    meaning: "an action is asked of resources of the types that AWS lists for it, or of `*`",
    limits: "an action that the reference data does not know may be asked of any resource; every action may be asked of \
             `*`, so that nothing hangs on which types AWS calls required; `polsim check` uses it only where a claim \
             leaves the resources open (`*`, or an ARN whose last part begins with a wildcard) or switches it on by \
             name, as a claim that names its resources is about the pairs as they are written",
    standing: Standing::On,
    holds: |seen| {
        let resource = seen.request.resource.as_str();
        let known = || seen.reference?.arns(seen.request.action.folded());
        resource == "*" || known().is_none_or(|arns| arns.contains(resource))
    },
    clauses: |ground, seen| forms(ground, seen).into_iter().collect(),
};

fn forms(ground: &Ground<'_>, seen: &Seen<'_>) -> Option<Formula> {
    let action = seen.request.action.folded();
    let others = ground.reference?.arns(action)?.or(&TextSet::only("*")).not();
    let alike = ground.reference?.alike(action);
    let actions = TextSet::union(alike.iter().map(|action| Pattern::exact(action)));
    Some(not_both(is(Variable::Action, actions), is(Variable::Resource, others)))
}

pub(super) const ACTION_KEYS: Fact = Fact {
    id: "action-keys",
    clause: "S5.4",
    meaning: "a request for an action carries no key of the action's own service that AWS does not list for the action",
    limits: "off, because AWS's lists have gaps: services add keys to actions before the lists name them, and a proof \
             that rests on a missing row would be wrong; keys of other services and global keys are not limited",
    standing: Standing::Off,
    holds: |seen| strange_keys(seen).is_empty(),
    clauses: |ground, seen| {
        let action = is(Variable::Action, TextSet::only(seen.request.action.folded()));
        let keys = strange_keys(seen);
        let never = keys.iter().filter_map(|key| Some(not_both(action.clone(), ground.has(key)?)));
        never.collect()
    },
};

/// The keys of the action's service that a request carries although its action is not listed with them.
fn strange_keys(seen: &Seen<'_>) -> Vec<String> {
    let action = seen.request.action.folded();
    let Some((service, _)) = action.split_once(':') else { return Vec::new() };
    let is_strange =
        |key: &String| seen.reference.and_then(|reference| reference.may_carry(action, key)) == Some(false);
    seen.carried(&format!("{service}:")).into_iter().filter(is_strange).collect()
}
