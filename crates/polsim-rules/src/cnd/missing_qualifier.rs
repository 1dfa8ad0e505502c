//! CND012: a key with many values, tested as if it had one.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, aws_error};
use polsim_policy::{PolicyType, Statement};
use polsim_reference::Arity;

pub(crate) const RULE: Rule = Rule {
    code: "CND012",
    name: "missing-qualifier",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("MISSING_QUALIFIER")],
    phase: Phase::Reference,
    check: Check::Statement(check),
    doc: Doc {
        what: "A condition key that can have many values is tested without `ForAllValues` or `ForAnyValue`.",
        why: "With several values in the request such a test is false, whether the operator is negated or not.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                "Condition": {"StringEquals": {"aws:TagKeys": "owner"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "owner"}}}"#,
        )],
        fix: "Write `ForAnyValue:` if one value is enough, `ForAllValues:` if each has to match.",
        source: "S3.13.7",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let bare = tests(statement)
        .filter(|test| test.operator.value.quantifier.is_none() && test.family() != Family::Null);
    for test in bare {
        if reference.key(test.key()).is_some_and(|key| key.arity() == Arity::Many) {
            let sentence =
                format!("`{}` has many values, and `{}` tests one", test.key(), test.operator.value);
            findings
                .add(test.operator.span, sentence)
                .also(test.block.key.span, "has a list of values in a request")
                .help(format!("write `ForAnyValue:{0}` or `ForAllValues:{0}`", test.operator.value));
        }
    }
}
