//! NET002: fewer free addresses than instances need.

use super::decided::sound_but;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::PER_INSTANCE;

pub(crate) const RULE: Rule = Rule {
    code: "NET002",
    name: "too-few-addresses",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The subnets of a model or job have fewer than two free addresses for each instance. `--instances` says how many there are to be; else the request does, else it is one.",
        why: "Each instance takes two addresses, and a subnet loses five to AWS; instances that find none do not start.",
        bad: &[sound_but(
            r#"{"Subnets": [
  {"SubnetId": "subnet-0a1a1a1a1a1a1a1a1", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "CidrBlock": "10.0.1.0/28", "AvailabilityZone": "eu-west-1a", "AvailableIpAddressCount": 1},
  {"SubnetId": "subnet-0b2b2b2b2b2b2b2b2", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "CidrBlock": "10.0.2.0/28", "AvailabilityZone": "eu-west-1b", "AvailableIpAddressCount": 0}
]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Free addresses, or name a larger subnet as well.",
        source: "S6.6.2",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let workload = &site.workload;
    let free = workload
        .subnets
        .iter()
        .map(|(id, _)| site.network.subnets.find(id).and_then(|subnet| site.network.free_addresses(subnet)));
    let Ok(free) = free.sum::<Result<u64, _>>() else { return };
    let instances = site.instances.unwrap_or(1);
    let needed = instances.saturating_mul(PER_INSTANCE);
    if free < needed {
        let sentence =
            format!("{free} addresses are free in the subnets, and {instances} instances need {needed}");
        findings.add(workload.place.span, sentence);
    }
}
