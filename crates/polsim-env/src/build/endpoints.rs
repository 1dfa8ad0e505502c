//! VPC endpoints.

use super::builder::{Builder, is_network_id};
use super::policies::Hook;
use crate::environment::Endpoint;
use crate::hang::Hang;
use crate::problem::ProblemKind;
use crate::schema::{self, EndpointKind, EnvironmentFile, Placed, entries};
use polsim_policy::PolicyType;

/// The services that have gateway endpoints (S6.3.2).
const GATEWAY_SERVICES: [&str; 3] = ["s3", "dynamodb", "s3express"];

pub(super) fn build(builder: &mut Builder<'_>, file: &EnvironmentFile) -> Vec<Endpoint> {
    // An endpoint has one policy, so one id has one entry.
    builder.tell_repeated(entries(file.endpoints.as_ref()).map(|(name, entry)| (&entry.id, name)));
    let all = entries(file.endpoints.as_ref());
    all.map(|(name, entry)| endpoint(builder, name, entry)).collect()
}

fn endpoint(builder: &mut Builder<'_>, name: &Placed<String>, entry: &schema::Endpoint) -> Endpoint {
    if !is_network_id(&entry.id.value, "vpce-") {
        let kind = ProblemKind::Id {
            id: entry.id.value.clone(),
            what: "an endpoint",
            shape: "`vpce-` and 8 or 17 hexadecimal digits",
        };
        builder.tell(kind, entry.id.span);
    }
    if !is_network_id(&entry.vpc.value, "vpc-") {
        builder.tell(ProblemKind::vpc(&entry.vpc.value), entry.vpc.span);
    }
    let (service, in_region) = service_and_region(&entry.service.value);
    if entry.kind == EndpointKind::Gateway && !GATEWAY_SERVICES.contains(&service) {
        builder.tell(ProblemKind::NoGateway(service.to_owned()), entry.service.span);
    }
    if let (Some(region), Some(in_region)) = (&entry.region, in_region)
        && region.value != in_region
    {
        let kind =
            ProblemKind::OtherRegion { of_service: in_region.to_owned(), declared: region.value.clone() };
        builder.tell_with(kind, region.span, (entry.service.span, "the service"));
    }
    let hook = Hook {
        policy_type: PolicyType::Endpoint,
        hang: Hang::Endpoint(name.value.clone()),
        owner: &format!("endpoints.{}", name.value),
    };
    let policy = entry.policy.as_ref().and_then(|policy| builder.policies.hang(policy, "policy", &hook));
    let region = entry.region.as_ref().map(|region| region.value.as_str());
    Endpoint {
        name: name.value.clone(),
        id: entry.id.value.clone(),
        kind: entry.kind,
        service: service.to_owned(),
        vpc: entry.vpc.value.clone(),
        region: region.or(in_region).map(str::to_owned),
        policy,
    }
}

/// Reads `com.amazonaws.eu-west-1.s3` and `s3` alike.
fn service_and_region(text: &str) -> (&str, Option<&str>) {
    let full = text.strip_prefix("com.amazonaws.").or_else(|| text.strip_prefix("cn.com.amazonaws."));
    match full.and_then(|rest| rest.split_once('.')) {
        Some((region, service)) => (service, Some(region)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_named_in_short_or_in_full() {
        assert_eq!(service_and_region("ecr.api"), ("ecr.api", None));
        assert_eq!(service_and_region("com.amazonaws.eu-west-1.ecr.api"), ("ecr.api", Some("eu-west-1")));
    }
}
