//! Service control policies (S4.9): every level must allow, and none may deny.

use super::{Chain, Grant, Requirement};
use crate::class::Classes;
use crate::layers::Layer;
use crate::request::Resource;
use crate::situation::Situation;

pub(super) fn add(situation: &Situation, chain: &mut Chain) {
    for layer in (0..situation.scp_levels).map(Layer::Scp) {
        chain.deny_by(layer, Resource::Named);
        chain.requirements.push(Requirement::of(layer, Grant::allows(layer, Classes::ANY)));
    }
}
