//! PRN002: a kind of principal that does not exist.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN002",
    name: "invalid-principal-key",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_PRINCIPAL_KEY")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A key of `Principal` is none of `AWS`, `Service`, `Federated` and `CanonicalUser`.",
        why: "AWS refuses the document; letter case counts.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"aws": "111122223333"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Use one of the four keys.",
        source: "S1.7.3",
    },
    ..Rule::DEFAULT
};
