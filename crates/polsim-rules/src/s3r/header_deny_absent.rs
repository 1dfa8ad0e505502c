//! S3R010: a Deny of uploads by a header that also hits uploads without it.

use super::stranger::speaks_of;
use crate::keys::{has_test_of, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R010",
    name: "header-deny-absent",
    severity: Severity::Medium,
    check: Check::Statement(check),
    doc: Doc {
        what: "A Deny of uploads demands an encryption header with a negated operator, and nothing says whether uploads without the header are meant.",
        why: "A negated operator is true when the key is absent. Uploads that leave encryption to the default of the bucket send no header and are denied, although they end up encrypted as demanded.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"},
                                  "Null": {"s3:x-amz-server-side-encryption": "false"}}}"#,
            ),
        ],
        fix: "Add `\"Null\": {\"…\": \"false\"}` to let uploads without the header pass, or a Deny with `\"Null\": {\"…\": \"true\"}` of its own to say that the header is wanted.",
        source: "S3.3, S3.4",
    },
    ..Rule::DEFAULT
};

const HEADERS: [&str; 2] =
    ["s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"];

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Deny || !speaks_of(statement, "s3:PutObject") {
        return;
    }
    for test in tests(statement).filter(|test| test.is_of(&HEADERS)) {
        let operator = test.operator.value;
        // `IfExists` changes nothing for negated operators: they are true of an absent key anyway (S3.12).
        if !operator.name.is_negated() || operator.quantifier.is_some() {
            continue;
        }
        let key = test.block.key.value.as_str();
        let is_settled = subject.of(Effect::Deny).any(|other| {
            has_test_of(other, &[key]) && tests(other).any(|test| test.is_of(&[key]) && test.is_null())
        });
        if is_settled || has_presence_by_value(statement, key) {
            continue;
        }
        let sentence = format!("{} also denies uploads that send no `{key}`", subject.name(statement));
        findings
            .add(test.block.key.span, sentence)
            .also(test.operator.span, "true when the key is absent")
            .help(format!(
                "add \"Null\": {{\"{key}\": \"false\"}} if the default encryption of the bucket will do"
            ));
    }
}

/// Whether another test of the statement already demands that the key is there.
fn has_presence_by_value(statement: &Statement, key: &str) -> bool {
    tests(statement).any(|test| {
        let operator = test.operator.value;
        test.is_of(&[key])
            && !operator.name.is_negated()
            && !operator.if_exists
            && operator.quantifier.is_none()
    })
}
