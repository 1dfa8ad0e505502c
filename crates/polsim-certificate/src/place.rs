//! What is looked into about places: whether a set of actions and resources covers a cell, whether a request can leave its
//! partition, and what a key tells of the ARN that it follows from.

use crate::circuit::{Coordinate, Lit};
use crate::goal::{Place, Speller};
use crate::lemma::base;
use crate::words::{is_empty, is_within};
use polsim_arn::{Pattern, TextSet};
use polsim_eval::{Formula, KeyId, KeyState, Principal, PrincipalKind, Test, Variable};
use polsim_question::partition::PARTITIONS;
use polsim_question::question::{PrincipalRegion, Question};

/// Whether one of some places holds a whole cell; no places are all.
pub(crate) fn covers(places: &[Place], cell: &Place) -> bool {
    let is_in = |inner: &Option<TextSet>, outer: &Option<TextSet>| match (inner, outer) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => is_within(inner, outer) == Some(true),
    };
    places.is_empty() || places.iter().any(|place| is_in(&cell.0, &place.0) && is_in(&cell.1, &place.1))
}

/// Whether the region holds requests whose principal and resource are in different partitions.
pub(crate) fn can_mix_partitions(question: &Question<'_>, kind: PrincipalKind) -> Option<bool> {
    let arns = |partition: &str| TextSet::from(Pattern::wildcard(&format!("arn:{partition}:*")));
    let principal = match &question.region.principal {
        PrincipalRegion::One(principal) => TextSet::only(principal.arn.as_deref()?),
        _ if kind.is_bound_by_scps() => base(question, kind, Coordinate::PrincipalArn),
        _ => base(question, kind, Coordinate::Name),
    };
    let principal = principal.and(&arns("*"));
    let resource = base(question, kind, Coordinate::Resource).and(&TextSet::only("*").not());
    if is_empty(&principal)? || is_empty(&resource)? {
        return Some(false);
    }
    for partition in PARTITIONS {
        let own = arns(partition);
        if is_within(&principal, &own)? && is_within(&resource, &own)? {
            return Some(false);
        }
    }
    Some(true)
}

/// I7: who has this ARN has the value of the key that follows from it; and who has another value, an ARN that gives it.
/// `None` when the key follows from nothing.
pub(crate) fn from_arn(
    speller: &mut Speller<'_, '_>,
    key: KeyId,
    name: &str,
    (arn, other): (&str, Option<&str>),
) -> Option<Lit> {
    let kind = speller.setting.kind;
    if !matches!(
        (kind, name),
        (PrincipalKind::User, "aws:username") | (PrincipalKind::FederatedUser, "aws:userid")
    ) {
        return None;
    }
    let derived = Principal::new(kind, Some(arn)).derived();
    let KeyState::One(value) = derived.into_iter().find(|derived| derived.key.folded() == name)?.state else {
        return None;
    };
    let is = |text: &str| Formula::test(Test::text(Variable::Key(key), TextSet::only(text)));
    let not_this = speller.within(Coordinate::PrincipalArn, &TextSet::only(arn), false, None);
    let has_value = speller.formula(&is(&value), true);
    let forward = speller.circuit.any([not_this, has_value]);
    let Some(other) = other else { return Some(forward) };
    let has_not = speller.formula(&is(other), false);
    let fitting = speller.within(Coordinate::PrincipalArn, &with_name(kind, other), true, None);
    let backward = speller.circuit.any([has_not, fitting]);
    Some(speller.circuit.all([forward, backward]))
}

/// The ARNs of the principals with a name: of users the last part, of federated users the account as well.
fn with_name(kind: PrincipalKind, text: &str) -> TextSet {
    let pattern = |head: &str, tail: &str| {
        let tail = Pattern::exact(tail);
        Pattern::from_tokens(Pattern::wildcard(head).tokens().iter().chain(tail.tokens()).copied())
    };
    if kind == PrincipalKind::User {
        if text.contains('/') {
            return TextSet::none();
        }
        let heads = ["arn:*:iam::????????????:user/", "arn:*:iam::????????????:user/*/"];
        return TextSet::union(heads.map(|head| pattern(head, text)));
    }
    let (account, name) = text.split_once(':').unwrap_or_default();
    pattern("arn:*:sts::", &format!("{account}:federated-user/{name}")).into()
}
