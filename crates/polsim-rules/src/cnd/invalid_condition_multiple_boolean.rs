//! CND006: `Bool` with several values.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_error};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "CND006",
    name: "invalid-condition-multiple-boolean",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_CONDITION_MULTIPLE_BOOLEAN")],
    check: Check::Statement(check),
    doc: Doc {
        what: "`Bool` or `Null` has several values.",
        why: "One of them is enough, so that `true` and `false` together test nothing but whether the key is there.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": ["true"]}}}"#,
        )],
        fix: "Write the one that is meant.",
        source: "S3.7.4",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| matches!(test.family(), Family::Bool | Family::Null)) {
        if let [_, second, ..] = test.block.values.as_slice() {
            let sentence = format!("`{}` has several values under `{}`", test.key(), test.operator.value);
            findings.add(second.span, sentence).help("write the one that is meant");
        }
    }
}
