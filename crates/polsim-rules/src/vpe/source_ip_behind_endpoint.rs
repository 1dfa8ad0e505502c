//! VPE006: `aws:SourceIp` where it is never there.

use crate::keys::tests;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, Operator, PolicyType, SetQuantifier, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "VPE006",
    name: "source-ip-behind-endpoint",
    severity: Severity::High,
    applies: Types::ENDPOINT,
    check: Check::Statement(check),
    doc: Doc {
        what: "The policy of a VPC endpoint tests `aws:SourceIp`.",
        why: "Requests through an endpoint do not carry that key. A positive test never holds, a negated one and every `…IfExists` always does: an Allow is dead, a Deny hits everyone or no one.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/16"}}}"#,
            ),
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"},
                   {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}}}"#,
        )],
        fix: "Test `aws:VpcSourceIp`, the private address of the caller.",
        source: "S5.3, I2, S6.4.5",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| test.is_of(&["aws:SourceIp"])) {
        let key = test.block.key.span;
        if test.is_null() {
            findings
                .add(key, "requests through an endpoint never carry `aws:SourceIp`, so this test is settled");
            continue;
        }
        let effect = match (holds_when_absent(test.operator.value), statement.effect.value) {
            (false, Effect::Allow) => "allows nothing",
            (false, Effect::Deny) => "denies nothing",
            (true, Effect::Allow) => "does not limit by address at all",
            (true, Effect::Deny) => "denies whatever the address is",
        };
        let sentence = format!(
            "requests through an endpoint never carry `aws:SourceIp`, so {} {effect}",
            subject.name(statement)
        );
        findings.add(key, sentence).help("test aws:VpcSourceIp, the private address of the caller");
    }
}

/// S3.3, S3.12, S3.13: what an operator says of a key that is not there.
fn holds_when_absent(operator: Operator) -> bool {
    match operator.quantifier {
        Some(SetQuantifier::ForAllValues) => true,
        Some(SetQuantifier::ForAnyValue) => operator.if_exists,
        None => operator.if_exists || operator.name.is_negated(),
    }
}
