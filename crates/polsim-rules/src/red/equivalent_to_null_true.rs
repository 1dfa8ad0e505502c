//! RED012: `StringNotLike` with `*`, which only tests whether a key is absent.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_suggestion};
use polsim_policy::{OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RED012",
    name: "equivalent-to-null-true",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EQUIVALENT_TO_NULL_TRUE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "`StringNotLike` with the lone value `*` tests only whether the key is absent.",
        why: "Its reader looks for a pattern; `Null` says the same plainly.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringNotLike": {"aws:PrincipalOrgID": "*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"Null": {"aws:PrincipalOrgID": "true"}}}"#,
        )],
        fix: "Write `\"Null\": {\"key\": \"true\"}`.",
        source: "S3.4.3, S3.11",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let operator = block.operator.value;
        if operator.name != OperatorName::StringNotLike || operator.if_exists || operator.quantifier.is_some()
        {
            continue;
        }
        for key in &block.keys {
            if key.values.iter().any(|value| value.value.text == "*") {
                let sentence = format!("this only tests whether `{}` is absent", key.key.value);
                findings.add(key.key.span, sentence).help("`Null` with \"true\" says it plainly");
            }
        }
    }
}
