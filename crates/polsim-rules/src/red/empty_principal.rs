//! RED004: `"Principal": {}`.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED004",
    name: "empty-principal",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_OBJECT_PRINCIPAL")],
    applies: Types::WITH_PRINCIPAL,
    doc: Doc {
        what: "`Principal` or `NotPrincipal` is an empty object.",
        why: "It names no one.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {}, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#,
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
