//! CND005: a list of values of several JSON types.

use crate::keys::tests;
use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_error};
use polsim_policy::{PolicyType, ScalarKind, Statement};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "CND005",
    name: "invalid-condition-data-type",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_CONDITION_DATA_TYPE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "The values of a condition key are of several JSON types.",
        why: "AWS wants one type in a list; a number without quotes also loses its leading zeros in most tools.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalAccount": ["111122223333", 444455556666]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}}}"#,
        )],
        fix: "Write all of them with quotes. `--unsafe-fixes` does.",
        source: "S1.10.7, Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement) {
        let values = &test.block.values;
        let Some(first) = values.first() else { continue };
        let Some(other) = values.iter().find(|value| value.value.kind != first.value.kind) else { continue };
        let sentence = format!("the values of `{}` are of several JSON types", test.key());
        let bare = values.iter().filter(|value| value.value.kind != ScalarKind::String);
        let edits: Vec<Edit> =
            bare.map(|value| Edit::replace(value.span, format!("\"{}\"", value.value.text))).collect();
        findings
            .add(other.span, sentence)
            .also(first.span, "of another type")
            .help("write all of them with quotes")
            .fix(Fix::offered("put quotes around them", edits));
    }
}
