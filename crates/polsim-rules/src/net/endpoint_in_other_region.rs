//! NET007: an endpoint that leads to a service of another Region.

use super::decided::sound_but;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};

pub(crate) const RULE: Rule = Rule {
    code: "NET007",
    name: "endpoint-in-other-region",
    severity: Severity::Medium,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "An endpoint in the VPC of a workload leads to a service of another Region than the workload's.",
        why: "Buckets of the workload's own Region are not reached through it, and a gateway endpoint leads to buckets of its Region only.",
        bad: &[sound_but(
            r#"{"VpcEndpoints": [{"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcEndpointType": "Gateway", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
  "ServiceName": "com.amazonaws.us-east-1.s3", "State": "available"}]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Make an endpoint for the service of the VPC's Region, or keep data and workload in one Region.",
        source: "S6.3.2, S5.5 I16",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let (Some(vpc), Some(region)) = (site.vpc(), site.region()) else { return };
    for endpoint in site.network.endpoints.items().iter().filter(|endpoint| endpoint.vpc == vpc) {
        let Some(other) = endpoint.service.region.as_deref().filter(|other| *other != region) else {
            continue;
        };
        let sentence = format!(
            "{} leads to {} in {other}, and the workload is in {region}",
            endpoint.id, endpoint.service.name
        );
        findings.add_in(&endpoint.place.source, endpoint.place.span, sentence);
    }
}
