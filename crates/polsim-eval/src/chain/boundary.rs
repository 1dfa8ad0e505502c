//! The permissions boundary (S4.7).

use super::{Chain, Grant, resource, unless_resource_grants};
use crate::class::Classes;
use crate::layers::Layer;
use crate::reading::Reading;
use crate::request::Resource;
use crate::situation::Situation;

pub(super) fn add_denials(situation: &Situation, chain: &mut Chain) {
    if situation.has_boundary {
        chain.deny_by(Layer::Boundary, Resource::Named);
    }
}

/// S4.5: it does not limit what the resource policy grants the principal itself.
pub(super) fn grant(situation: &Situation) -> Grant {
    if !situation.has_boundary {
        return Grant::Always;
    }
    unless_resource_grants(situation, direct(situation), Grant::allows(Layer::Boundary, Classes::ANY))
}

/// Being named, or everyone being named (S4.5.5, A32).
pub(super) fn direct(situation: &Situation) -> Grant {
    Grant::Choice {
        reading: Reading::StarGrantIsLimited,
        chosen: Box::new(resource::grant(situation, Classes::DIRECT)),
        alternative: Box::new(resource::grant(situation, Classes::NAMED)),
    }
}
