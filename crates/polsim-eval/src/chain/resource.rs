//! The resource policy (S4.4–S4.6, S4.12–S4.16).

use super::{Chain, Grant, access_point};
use crate::class::Classes;
use crate::layers::Layer;
use crate::request::{PrincipalKind, Resource};
use crate::situation::{Accounts, Family, Situation};

pub(super) fn add_denials(situation: &Situation, chain: &mut Chain) {
    // S4.12.3
    if !situation.escapes_bucket_policy {
        chain.deny_by(Layer::Resource, on(situation));
    }
}

/// The bucket policy is asked about the bucket, also when the request names an access point (S2.3.10).
fn on(situation: &Situation) -> Resource {
    if situation.access_point { Resource::Underlying } else { Resource::Named }
}

/// That the resource side grants in one of the classes: the resource policy, and the access point's where there is one.
pub(super) fn grant(situation: &Situation, classes: Classes) -> Grant {
    let policy = Grant::Allows { layer: Layer::Resource, resource: on(situation), classes };
    if situation.access_point {
        return Grant::All(vec![access_point::grant(classes), policy]);
    }
    policy
}

/// For principals without identity policies.
pub(super) fn without_identity(situation: &Situation) -> Grant {
    if situation.kind != PrincipalKind::Root {
        // S4.13.1, S4.14.1, S4.15.7
        return grant(situation, Classes::DIRECT);
    }
    match (situation.family, situation.accounts) {
        // S4.15.8
        (Family::Trust, _) => Grant::Never,
        // S4.12.1
        (Family::Ordinary | Family::NeedsNoPermission, Accounts::Same) => Grant::Always,
        // S4.16.4, S4.6.5
        _ => grant(situation, Classes::ANY),
    }
}
