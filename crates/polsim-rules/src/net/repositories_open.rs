//! NET015: an endpoint policy that closes the old repositories of Amazon Linux and leaves today's open.

use super::decided::sound_but;
use super::through_endpoint::{gateways, judge, reads};
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_prove::Expectation;

pub(crate) const RULE: Rule = Rule {
    code: "NET015",
    name: "repositories-open",
    severity: Severity::Medium,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The policy of the S3 endpoint denies packages of Amazon Linux by the names that the guide of SageMaker prints, and lets through the buckets that packages come from today.",
        why: "Amazon Linux 2 and 2023 read their packages from `amazonlinux-2-repos-<Region>` and `al2023-repos-<Region>-de612dc2`. Whoever closed the old names wanted no packages to be installed.",
        bad: &[sound_but(
            r#"{"VpcEndpoints": [{"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcEndpointType": "Gateway", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
  "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available",
  "PolicyDocument": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}, {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::amazonlinux.*.amazonaws.com/*\"}]}"}]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Deny `s3:GetObject` on `arn:aws:s3:::amazonlinux-2-repos-*/*` and `arn:aws:s3:::al2023-repos-*/*` as well.",
        source: "S6.7.1",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some(region) = site.region() else { return };
    for (id, text, policy) in gateways(site) {
        let judge = judge(policy);
        let is_closed = |bucket: &str| judge.holds(&reads(bucket), Expectation::Deny).is_some();
        let closed = ["packages", "repo", "amazonlinux"].map(|name| format!("{name}.{region}.amazonaws.com"));
        let Some(closed) = closed.into_iter().find(|bucket| is_closed(bucket)) else { continue };
        for open in [format!("amazonlinux-2-repos-{region}"), format!("al2023-repos-{region}-de612dc2")] {
            let Some(witness) = judge.counterexample(&reads(&open), Expectation::Deny) else { continue };
            let Some(first) = policy.statements.first() else { continue };
            let sentence = format!("the policy of {id} closes `{closed}` and leaves `{open}` open");
            let finding = findings.add_in(text.host(), text.in_host(first.effect.span), sentence);
            finding.witness(&witness.request);
            finding.help(format!("deny s3:GetObject on arn:aws:s3:::{open}/* as well"));
        }
    }
}
