//! SYN009: a statement without a principal.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN009",
    name: "missing-principal",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_PRINCIPAL")],
    applies: Types::WITH_PRINCIPAL,
    doc: Doc {
        what: "A statement names no principal in a type of policy that needs one.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#,
        )],
        fix: "Name who is meant; everyone is `\"*\"`.",
        source: "S1.7.1, S1.11",
    },
    ..Rule::DEFAULT
};
