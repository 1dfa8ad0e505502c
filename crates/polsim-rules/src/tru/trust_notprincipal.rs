//! TRU001: `NotPrincipal` in a trust policy.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "TRU001",
    name: "trust-notprincipal",
    severity: Severity::Error,
    aliases: &[aws_error("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL")],
    applies: Types::TRUST,
    doc: Doc {
        what: "A trust policy has `NotPrincipal`.",
        why: "IAM refuses it.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Name who may assume the role.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};
