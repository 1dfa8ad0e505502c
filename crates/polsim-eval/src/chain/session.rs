//! Session policies (S4.8).

use super::{Chain, Grant, boundary, unless_resource_grants};
use crate::class::Classes;
use crate::layers::Layer;
use crate::request::{PrincipalKind, Resource};
use crate::situation::Situation;

fn counts(situation: &Situation) -> bool {
    match situation.kind {
        PrincipalKind::RoleSession => situation.has_session,
        // S4.8.6: a federated user without session policies has no permissions of its own.
        PrincipalKind::FederatedUser => true,
        _ => false,
    }
}

pub(super) fn add_denials(situation: &Situation, chain: &mut Chain) {
    if counts(situation) {
        chain.deny_by(Layer::Session, Resource::Named);
    }
}

/// S4.5, S4.8.3, S4.8.4.
pub(super) fn grant(situation: &Situation) -> Grant {
    if !counts(situation) {
        return Grant::Always;
    }
    unless_resource_grants(
        situation,
        boundary::direct(situation),
        Grant::allows(Layer::Session, Classes::ANY),
    )
}
