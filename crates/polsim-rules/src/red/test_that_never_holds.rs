//! RED025: a test of a key that never holds.

use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, aws_suggestion};
use polsim_policy::{OperatorName, PolicyType, Statement};
use polsim_reference::Presence;

pub(crate) const RULE: Rule = Rule {
    code: "RED025",
    name: "test-that-never-holds",
    severity: Severity::Medium,
    aliases: &[aws_suggestion("REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION")],
    phase: Phase::Reference,
    check: Check::Statement(check),
    doc: Doc {
        what: "A key that is in every request stands under `StringNotLike` with the lone value `*`.",
        why: "Every value is like `*`, and the key is never absent: the statement does nothing.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringNotLike": {"aws:PrincipalType": "*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringNotLike": {"aws:PrincipalType": "Assumed*"}}}"#,
        )],
        fix: "Write the values that were meant.",
        source: "S3.4.3, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    for block in &statement.condition.blocks {
        let operator = block.operator.value;
        if operator.name != OperatorName::StringNotLike || operator.if_exists || operator.quantifier.is_some()
        {
            continue;
        }
        for key in &block.keys {
            let name = key.key.value.as_str();
            let is_always_there =
                || reference.global_key(name).is_some_and(|key| key.presence() == Presence::Always);
            if key.values.iter().any(|value| value.value.text == "*") && is_always_there() {
                findings.add(key.key.span, format!("`{name}` is in every request, so this never holds"));
            }
        }
    }
}
