//! RCH012: an endpoint policy that lets everything through.

use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType};
use polsim_prove::{Expectation, Region};

pub(crate) const RULE: Rule = Rule {
    code: "RCH012",
    name: "allow-not-narrower-than-default",
    severity: Severity::Info,
    applies: Types::ENDPOINT,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "The policy of a VPC endpoint allows every request.",
        why: "It is the default policy in other words, and limits nothing.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"},
               {"Effect": "Allow", "Principal": "*", "NotAction": "s3:*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Leave it to the default policy, or say who may reach what.",
        source: "S4.11.1",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(first) = subject.of(Effect::Allow).next() else { return };
    if let Some(confidence) = subject.judge().holds(&Region::default(), Expectation::Allow) {
        findings
            .add(subject.opening(first), "this policy allows every request, as the default policy does")
            .confidence(confidence);
    }
}
