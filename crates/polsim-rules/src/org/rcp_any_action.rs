//! ORG006: `"Action": "*"` in a resource control policy.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG006",
    name: "rcp-any-action",
    severity: Severity::Error,
    aliases: &[aws_error("RCP_SYNTAX_ERROR_ACTION")],
    applies: Types::RCP,
    doc: Doc {
        what: "An action of a resource control policy names no service.",
        why: "Organizations refuses it.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: "Name the services, each with `:*`.",
        source: "S1.11.2",
    },
    ..Rule::DEFAULT
};
