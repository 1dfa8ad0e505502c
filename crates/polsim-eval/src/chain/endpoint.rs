//! The policy of the VPC endpoint that the request passes (S4.11).

use super::{Chain, Grant, Requirement};
use crate::class::Classes;
use crate::layers::Layer;
use crate::request::{NetworkPath, Resource};
use crate::situation::Situation;

pub(super) fn add(situation: &Situation, chain: &mut Chain) {
    if !situation.has_endpoint_policy {
        return;
    }
    let classes = counting_classes(situation.path);
    // S4.11.10
    let resources: &[Resource] =
        if situation.access_point { &[Resource::Named, Resource::Underlying] } else { &[Resource::Named] };
    for resource in resources {
        chain.deny_by(Layer::Endpoint, *resource);
    }
    let allows = resources.iter().map(|resource| Grant::Allows {
        layer: Layer::Endpoint,
        resource: *resource,
        classes,
    });
    chain.requirements.push(Requirement::of(Layer::Endpoint, Grant::All(allows.collect())));
}

/// S4.11.5: at a gateway an account stands for its root user only, who is named by it.
pub(super) fn counting_classes(path: NetworkPath) -> Classes {
    if path == NetworkPath::Gateway { Classes::ANY.without(Classes::ACCOUNT) } else { Classes::ANY }
}
