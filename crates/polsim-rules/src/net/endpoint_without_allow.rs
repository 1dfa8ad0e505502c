//! NET005: an endpoint of the workload whose policy allows nothing.

use super::decided::sound_but;
use super::through_endpoint::gateways;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_policy::Effect;

pub(crate) const RULE: Rule = Rule {
    code: "NET005",
    name: "endpoint-without-allow",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The policy of the S3 endpoint that a workload uses has no Allow.",
        why: "It took the place of the default policy, which allows everything: now nothing passes the endpoint, the model's own artifacts neither. The guide of SageMaker prints such policies, as parts of a whole.",
        bad: &[sound_but(
            r#"{"VpcEndpoints": [{"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcEndpointType": "Gateway", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
  "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available",
  "PolicyDocument": "{\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::packages.*.amazonaws.com/*\"}]}"}]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Put the Allow of the default policy beside what is denied.",
        source: "S4.11.1, S4.11.2, S6.3.7, S6.7.1",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for (id, text, policy) in gateways(site) {
        if policy.statements.iter().any(|statement| statement.effect.value == Effect::Allow) {
            continue;
        }
        let Some(first) = policy.statements.first() else { continue };
        let span = text.in_host(first.effect.span);
        let sentence = format!("the policy of {id} has no Allow, so nothing of the workload passes it");
        let finding = findings.add_in(text.host(), span, sentence);
        finding.help(r#"add {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#);
    }
}
