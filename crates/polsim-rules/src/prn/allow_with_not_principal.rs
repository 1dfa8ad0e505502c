//! PRN020: everyone but some is allowed.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_security, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN020",
    name: "allow-with-not-principal",
    severity: Severity::High,
    aliases: &[aws_security("ALLOW_WITH_NOT_PRINCIPAL"), parliament("NOTPRINCIPAL_WITH_ALLOW")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "An Allow has `NotPrincipal`.",
        why: "It would open the resource to all others, people without an AWS account among them; AWS does not take it any more.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/guest"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:user/admin", "111122223333"]},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Allow those who should have access, and deny the others.",
        source: "S1.7.7, A9",
    },
    ..Rule::DEFAULT
};
