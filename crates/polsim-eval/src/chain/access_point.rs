//! S3 access points (S4.17.6): a second resource policy, asked about the access point itself.

use super::{Cause, Chain, Grant, Requirement};
use crate::Truth;
use crate::class::Classes;
use crate::layers::Layer;
use crate::request::Resource;
use crate::situation::Situation;

pub(super) fn add_denials(situation: &Situation, chain: &mut Chain) {
    if situation.access_point {
        chain.deny_by(Layer::AccessPoint, Resource::Named);
    }
}

/// An access point for one VPC takes no request from elsewhere.
pub(super) fn add_network_origin(situation: &Situation, chain: &mut Chain) {
    match situation.is_outside_access_point_vpc {
        Truth::Yes => chain
            .requirements
            .push(Requirement { cause: Cause::Layer(Layer::AccessPoint), grant: Grant::Never }),
        Truth::Open => chain.may_be_turned_away = true,
        Truth::No => {}
    }
}

pub(super) fn grant(classes: Classes) -> Grant {
    Grant::allows(Layer::AccessPoint, classes)
}
