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
             `*`, so that nothing hangs on which types AWS calls required; a claim about pairs of actions and resources \
             none of which is listed is answered as it is written, without it",
    standing: Standing::On,
    holds: |seen| {
        let resource = seen.request.resource.as_str();
        let known = seen.reference.and_then(|reference| reference.resources(seen.request.action.folded()));
        resource == "*" || known.is_none_or(|known| known.arns.contains(resource))
    },
    clauses: |ground, seen| forms(ground, seen).into_iter().collect(),
};

fn forms(ground: &Ground<'_>, seen: &Seen<'_>) -> Option<Formula> {
    let known = ground.reference?.resources(seen.request.action.folded())?;
    let actions = TextSet::union(known.actions.iter().map(|action| Pattern::exact(action)));
    let others = known.arns.or(&TextSet::only("*")).not();
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
