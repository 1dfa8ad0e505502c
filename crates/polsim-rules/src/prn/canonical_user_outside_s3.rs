//! PRN202: a canonical user id where S3 has no say.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN202",
    name: "canonical-user-outside-s3",
    severity: Severity::Error,
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A policy of something else than S3 names a canonical user.",
        why: "Only S3 knows these ids; AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Kms,
            r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
                "Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Kms,
            r#"{"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}"#,
        )],
        fix: "Name the account.",
        source: "S1.7.10",
    },
    ..Rule::DEFAULT
};
