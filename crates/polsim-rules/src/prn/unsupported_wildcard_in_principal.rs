//! PRN004: a wildcard in part of a principal.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN004",
    name: "unsupported-wildcard-in-principal",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_WILDCARD_IN_PRINCIPAL")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "Part of a principal is a wildcard.",
        why: "A principal is `*` or written out; AWS refuses anything between.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app-*"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*",
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*"}}}"#,
        )],
        fix: "Write `*` and test aws:PrincipalArn, whose value can hold wildcards.",
        source: "S1.7.5",
    },
    ..Rule::DEFAULT
};
