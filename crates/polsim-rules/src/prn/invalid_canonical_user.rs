//! PRN201: a canonical user id of another form.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN201",
    name: "invalid-canonical-user",
    severity: Severity::Error,
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A canonical user id is not 64 hexadecimal digits.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"CanonicalUser": "79a59df900b949e5"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Copy the whole id, or name the account.",
        source: "S1.7.10",
    },
    ..Rule::DEFAULT
};
