//! What the policy of the S3 endpoint of a workload lets through, by itself.

use polsim_arn::{ActionPattern, Pattern};
use polsim_eval::NetworkPath;
use polsim_lint::{Judge, Site};
use polsim_network::Way;
use polsim_policy::Policy;
use polsim_prove::Region;
use polsim_text::Embedded;

/// The gateway endpoints that requests of the workload to S3 pass, with their policies.
pub(super) fn gateways(site: &Site) -> Vec<(String, &Embedded, &Policy)> {
    let mut ids: Vec<String> = Vec::new();
    for path in site.paths("s3") {
        if let Way::Gateway(id) = path.way
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids.into_iter()
        .filter_map(|id| {
            let (text, policy) = site.policy_of(&id)?;
            Some((id, text, policy))
        })
        .collect()
}

/// Reads of the objects of a bucket, through a gateway.
pub(super) fn reads(bucket: &str) -> Region {
    Region {
        actions: ActionPattern::parse("s3:GetObject").into_iter().collect(),
        resources: vec![Pattern::wildcard(&format!("arn:aws:s3:::{bucket}/*"))],
        paths: vec![NetworkPath::Gateway],
        ..Region::default()
    }
}

/// A policy of an endpoint by itself.
pub(super) fn judge(policy: &Policy) -> Judge {
    Judge::new(policy)
}
