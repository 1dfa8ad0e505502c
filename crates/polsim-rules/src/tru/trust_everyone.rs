//! TRU003: a role that everyone may try to assume.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error, cloudsplaining};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "TRU003",
    name: "trust-everyone",
    severity: Severity::High,
    aliases: &[
        aws_error("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL"),
        cloudsplaining("AssumableByAnyPrincipal"),
    ],
    applies: Types::TRUST,
    doc: Doc {
        what: "The principal of a trust policy is everyone.",
        why: "Any account of AWS may assume the role unless a condition keeps it out.",
        bad: &[
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Name the accounts or roles; if a whole organization is meant, test `aws:PrincipalOrgID`.",
        source: "S1.11.4",
    },
    ..Rule::DEFAULT
};
