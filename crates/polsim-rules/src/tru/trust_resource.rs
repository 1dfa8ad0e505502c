//! TRU002: a resource in a trust policy.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "TRU002",
    name: "trust-resource",
    severity: Severity::Error,
    aliases: &[aws_error("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE")],
    applies: Types::TRUST,
    doc: Doc {
        what: "A trust policy has `Resource` or `NotResource`.",
        why: "IAM refuses it: the role that carries the policy is meant.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Remove it.",
        source: "S1.9.1",
    },
    ..Rule::DEFAULT
};
