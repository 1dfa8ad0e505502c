//! PRN006: an `AWS` principal of no known form.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN006",
    name: "invalid-aws-principal",
    severity: Severity::Error,
    aliases: &[parliament("UNKNOWN_PRINCIPAL")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A value under `AWS` is no account, user, role or session.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1111:role/reader"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Write a 12-digit account, or the ARN of a root user, user, role or session.",
        source: "S1.7.4",
    },
    ..Rule::DEFAULT
};
