//! Whether a policy lets someone reach a bucket that belongs to a stranger.

use super::bucket_grammar::STRANGER;
use polsim_arn::{ActionName, ActionPattern, Pattern, TextSet};
use polsim_eval::{Answer, Formula, KeyState, Test, Variable};
use polsim_lint::{Judge, Subject};
use polsim_policy::{ConditionKey, Effect, Statement};
use polsim_prove::{Expectation, Region, Witness};

/// The organization that stands for a stranger's in examples.
pub(crate) const STRANGERS_ORGANIZATION: &str = "o-strangers00";

/// What moves data out of a bucket or into it.
pub(crate) const OBJECT_ACTIONS: [&str; 5] =
    ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion", "s3:PutObjectAcl"];

/// Whether a statement speaks of an action.
pub(crate) fn speaks_of(statement: &Statement, action: &str) -> bool {
    let Ok(action) = ActionName::parse(action) else { return false };
    let listed = statement.action.listed().iter().any(|pattern| pattern.value.matches(&action));
    listed != statement.action.is_negated()
}

/// Says in a region that the resource is a stranger's, and the principal is not.
pub(crate) fn of_stranger(region: &mut Region, judge: &mut Judge) {
    region.resource_account = Some(STRANGER.to_owned());
    let path = format!("{STRANGERS_ORGANIZATION}/r-evil/ou-evil-00000000/");
    let states = [
        ("s3:ResourceAccount", KeyState::One(STRANGER.to_owned())),
        ("aws:ResourceOrgID", KeyState::One(STRANGERS_ORGANIZATION.to_owned())),
        ("aws:ResourceOrgPaths", KeyState::List(vec![path])),
    ];
    for (name, state) in states {
        if let Some(key) = ConditionKey::new(name) {
            region.state(&mut judge.model, &key, state);
        }
    }
    for (name, strangers) in
        [("aws:PrincipalAccount", STRANGER), ("aws:PrincipalOrgID", STRANGERS_ORGANIZATION)]
    {
        if let Some(key) = ConditionKey::new(name) {
            let key = Variable::Key(judge.model.key_id(&key));
            let another = Test::text(key, TextSet::only(strangers).not());
            let yes = Answer::Fixed(true);
            region.keys.push(Formula::test(Test { absent: yes, empty: yes, ..another }));
        }
    }
}

/// A request for one of the actions on an ARN that belongs to a stranger, allowed by the statement in spite of every
/// Deny of its document. `chosen` are keys whose values the caller has picked.
pub(crate) fn reaches(
    subject: &Subject<'_>,
    statement: &Statement,
    actions: &[&str],
    arn: &str,
    chosen: &[(ConditionKey, &str)],
) -> Option<Box<Witness>> {
    let actions = actions.iter().filter(|action| speaks_of(statement, action));
    let actions: Vec<_> = actions.filter_map(|action| ActionPattern::parse(action).ok()).collect();
    if actions.is_empty() {
        return None;
    }
    let denies = subject.lawful().statements.iter().filter(|other| other.effect.value == Effect::Deny);
    let mut judge = Judge::new(&subject.policy_of(std::iter::once(statement).chain(denies)));
    let mut region = Region { actions, resources: vec![Pattern::exact(arn)], ..Region::default() };
    of_stranger(&mut region, &mut judge);
    for (key, value) in chosen {
        region.state(&mut judge.model, key, KeyState::One((*value).to_owned()));
    }
    judge.counterexample(&region, Expectation::Deny)
}
