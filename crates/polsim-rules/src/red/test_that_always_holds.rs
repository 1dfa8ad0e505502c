//! RED024: a test of a key that always holds.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_suggestion};
use polsim_policy::{OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RED024",
    name: "test-that-always-holds",
    severity: Severity::Low,
    aliases: &[aws_suggestion("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A key under `StringLikeIfExists` has the lone value `*`.",
        why: "It holds when the key is absent and when it is present: it limits nothing, and its reader believes otherwise.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringLikeIfExists": {"aws:PrincipalOrgID": "*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringLikeIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Remove it, or write the value that was meant.",
        source: "S3.4.3, S3.12",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let operator = block.operator.value;
        if operator.name != OperatorName::StringLike || !operator.if_exists {
            continue;
        }
        for key in &block.keys {
            if key.values.iter().any(|value| value.value.text == "*") {
                findings.add(key.key.span, format!("this test of `{}` always holds", key.key.value));
            }
        }
    }
}
