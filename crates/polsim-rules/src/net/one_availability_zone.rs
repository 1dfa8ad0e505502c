//! NET001: all subnets of a model in one Availability Zone.

use super::decided::sound_but;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::WorkloadKind;
use std::collections::BTreeSet;

pub(crate) const RULE: Rule = Rule {
    code: "NET001",
    name: "one-availability-zone",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "All subnets of a model lie in one Availability Zone.",
        why: "SageMaker wants at least two subnets in different Availability Zones for a model that is hosted, also for a single instance, and refuses the endpoint otherwise.",
        bad: &[sound_but(
            r#"{"Subnets": [
  {"SubnetId": "subnet-0a1a1a1a1a1a1a1a1", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a", "AvailableIpAddressCount": 249},
  {"SubnetId": "subnet-0b2b2b2b2b2b2b2b2", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "eu-west-1a", "AvailableIpAddressCount": 251}
]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Name a subnet of another zone in `VpcConfig` as well.",
        source: "S6.6.1",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let workload = &site.workload;
    let zones: Vec<&str> = site.subnets().filter_map(|subnet| subnet.zone.as_deref()).collect();
    // A subnet that is not described may be in another zone.
    if workload.kind != WorkloadKind::Model || zones.len() < workload.subnets.len() {
        return;
    }
    let zones: BTreeSet<&str> = zones.into_iter().collect();
    if let (1, Some(zone)) = (zones.len(), zones.first()) {
        let sentence = format!("all subnets of the model {} lie in {zone}", workload.name);
        let finding = findings.add(workload.place.span, sentence);
        finding.help("SageMaker wants two subnets in different Availability Zones");
    }
}
