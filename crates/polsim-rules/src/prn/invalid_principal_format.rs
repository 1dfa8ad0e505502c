//! PRN001: a principal that is neither `*` nor an object.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN001",
    name: "invalid-principal-format",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_PRINCIPAL_FORMAT"), parliament("UNKNOWN_PRINCIPAL")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "`Principal` is a string other than `*`.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "arn:aws:iam::111122223333:role/reader",
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Write `{\"AWS\": …}`, `{\"Service\": …}` or `{\"Federated\": …}` around it.",
        source: "S1.7.2",
    },
    ..Rule::DEFAULT
};
