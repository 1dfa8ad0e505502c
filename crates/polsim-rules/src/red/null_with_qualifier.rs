//! RED014: `Null` under `ForAllValues` or `ForAnyValue`.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_suggestion};
use polsim_policy::{OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RED014",
    name: "null-with-qualifier",
    severity: Severity::Low,
    aliases: &[aws_suggestion("NULL_WITH_QUALIFIER")],
    check: Check::Statement(check),
    doc: Doc {
        what: "`Null` has a set qualifier.",
        why: "`Null` asks whether the key is there at all, not about its values; with a qualifier it is constant or says something else than it seems to.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"ForAllValues:Null": {"aws:TagKeys": "false"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"Null": {"aws:TagKeys": "false"}}}"#,
        )],
        fix: "Drop the qualifier.",
        source: "S3.11, S3.13",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let operator = block.operator.value;
        if operator.name == OperatorName::Null && operator.quantifier.is_some() {
            findings.add(block.operator.span, format!("`{operator}` does not look at values"));
        }
    }
}
