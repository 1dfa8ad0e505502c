//! RED011: `StringLike` with `*`, which only tests whether a key is present.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_suggestion};
use polsim_policy::{OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RED011",
    name: "equivalent-to-null-false",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EQUIVALENT_TO_NULL_FALSE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "`StringLike` with the lone value `*` tests only whether the key is present.",
        why: "Its reader looks for a pattern; `Null` says the same plainly.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringLike": {"aws:PrincipalOrgID": "*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"Null": {"aws:PrincipalOrgID": "false"}}}"#,
        )],
        fix: "Write `\"Null\": {\"key\": \"false\"}`.",
        source: "S3.4.3, S3.11",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let operator = block.operator.value;
        if operator.name != OperatorName::StringLike || operator.if_exists || operator.quantifier.is_some() {
            continue;
        }
        for key in &block.keys {
            if key.values.iter().any(|value| value.value.text == "*") {
                let sentence = format!("this only tests whether `{}` is present", key.key.value);
                findings.add(key.key.span, sentence).help("`Null` with \"false\" says it plainly");
            }
        }
    }
}
