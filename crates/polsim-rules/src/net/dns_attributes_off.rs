//! NET006: a VPC whose names do not resolve, or do not lead to its interface endpoints.

use super::decided::sound_but;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};

pub(crate) const RULE: Rule = Rule {
    code: "NET006",
    name: "dns-attributes-off",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "DNS support is off in the VPC of a workload; or DNS host names are, while interface endpoints there have private DNS.",
        why: "Without DNS support the standard names of S3 and other services resolve only if another resolver knows them. Without host names private DNS does nothing, and requests go past the interface endpoints.",
        bad: &[
            sound_but(
                r#"{"Vpcs": [{"VpcId": "vpc-0d1e2f3a4b5c6d7e8", "CidrBlock": "10.0.0.0/16", "EnableDnsSupport": false, "EnableDnsHostnames": true}]}"#,
            ),
            sound_but(
                r#"{"Vpcs": [{"VpcId": "vpc-0d1e2f3a4b5c6d7e8", "CidrBlock": "10.0.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": false}]}"#,
            ),
        ],
        good: &[sound_but("{}")],
        fix: "Switch both on with `aws ec2 modify-vpc-attribute`.",
        source: "S6.3.6, S6.4.2, S6.6.3",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some(vpc) = site.vpc() else { return };
    let Ok(attributes) = site.network.attributes.find(vpc) else { return };
    let (source, span) = (&attributes.place.source, attributes.place.span);
    if attributes.dns_support == Some(false) {
        let sentence =
            format!("DNS support is off in {vpc}: the names of AWS's services do not resolve there");
        findings.add_in(source, span, sentence).help("aws ec2 modify-vpc-attribute --enable-dns-support");
    }
    let mut endpoints = site.network.endpoints.items().iter();
    let private = endpoints.find(|endpoint| endpoint.vpc == vpc && endpoint.private_dns == Some(true));
    if let (Some(false), Some(endpoint)) = (attributes.dns_hostnames, private) {
        let sentence = format!("DNS host names are off in {vpc}, so that no name leads to {}", endpoint.id);
        let finding = findings.add_in(source, span, sentence);
        finding.also_in(&endpoint.place.source, endpoint.place.span, "this endpoint has private DNS");
        finding.help("aws ec2 modify-vpc-attribute --enable-dns-hostnames");
    }
}
