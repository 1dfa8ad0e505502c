//! The policies of the user and its groups, or of the role (S4.3, S4.4).

use super::{Chain, Grant, resource, unless_resource_grants};
use crate::class::Classes;
use crate::layers::Layer;
use crate::reading::Reading;
use crate::request::Resource;
use crate::situation::{Family, Situation};

pub(super) fn add_denials(situation: &Situation, chain: &mut Chain) {
    if situation.kind.has_identity_policies() {
        chain.deny_by(Layer::Identity, Resource::Named);
    }
}

/// S4.5.2–S4.5.7: who is named by the resource policy, also through its role or user, needs no Allow here.
pub(super) fn grant(situation: &Situation) -> Grant {
    let named = Classes::DIRECT.or(Classes::ISSUER);
    let spared = resource::grant(situation, named);
    // A31: for keys and roles the clauses are clear that the account does not suffice (S4.15.2, S4.16.2).
    let spared = if situation.family == Family::Ordinary {
        let by_account = resource::grant(situation, named.or(Classes::ACCOUNT));
        let reading = Reading::AccountGrantSuffices;
        Grant::Choice { reading, chosen: Box::new(spared), alternative: Box::new(by_account) }
    } else {
        spared
    };
    unless_resource_grants(situation, spared, Grant::allows(Layer::Identity, Classes::ANY))
}
