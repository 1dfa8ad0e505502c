//! SYN109: numbers and booleans without quotes where texts are compared.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject};
use polsim_policy::{PolicyType, ScalarKind, Statement};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN109",
    name: "unquoted-scalars",
    severity: Severity::Low,
    check: Check::Statement(check),
    doc: Doc {
        what: "A value under an operator for strings or ARNs is a JSON number or boolean.",
        why: "AWS takes it as its text, but an account id that begins with zero, or a number with an exponent, is changed by the tools that it passes.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalAccount": 111122223333}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
        )],
        fix: "Put it in quotes. `--fix` does.",
        source: "S1.10.7",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let name = block.operator.value.name.as_str();
        if !name.starts_with("String") && !name.starts_with("Arn") {
            continue;
        }
        for value in block.keys.iter().flat_map(|key| &key.values) {
            if value.value.kind != ScalarKind::String {
                let quoted = format!("\"{}\"", subject.source().slice(value.span));
                findings
                    .add(value.span, format!("`{name}` compares texts, and this is written without quotes"))
                    .fix(Fix::safe("put it in quotes", [Edit::replace(value.span, quoted)]));
            }
        }
    }
}
