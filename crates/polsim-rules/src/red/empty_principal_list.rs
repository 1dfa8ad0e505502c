//! RED003: an empty list of principals.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED003",
    name: "empty-principal-list",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_PRINCIPAL")],
    applies: Types::WITH_PRINCIPAL,
    doc: Doc {
        what: "A type of principal has an empty list.",
        why: "It names no one.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": []}, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#,
        )],
        fix: "Name the principals, or remove the statement.",
        source: "S1.7.9",
    },
    ..Rule::DEFAULT
};
