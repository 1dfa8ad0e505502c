//! ORG003: a resource control policy for someone in particular.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG003",
    name: "rcp-principal",
    severity: Severity::Error,
    aliases: &[aws_error("RCP_SYNTAX_ERROR_PRINCIPAL")],
    applies: Types::RCP,
    doc: Doc {
        what: "A resource control policy has a principal other than `\"*\"`, or `NotPrincipal`.",
        why: "Organizations refuses it.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: "Write `\"Principal\": \"*\"` and test `aws:PrincipalArn` or `aws:PrincipalAccount`.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};
