//! Resource control policies (S4.10): they bind the resource, whoever asks, and only by their Denies.

use super::{Chain, Denial};
use crate::layers::Layer;
use crate::reading::Reading;
use crate::request::Resource;
use crate::situation::Situation;

pub(super) fn add(situation: &Situation, chain: &mut Chain) {
    // S4.10.3, A35
    let only_by = situation.rcp_service_is_unlisted.then_some(Reading::RcpBindsUnlisted);
    let levels = (0..situation.rcp_levels).map(Layer::Rcp);
    chain.denials.extend(levels.map(|layer| Denial { layer, resource: Resource::Named, only_by }));
}
