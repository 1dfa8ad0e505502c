//! ORG005: `NotAction` in a resource control policy.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG005",
    name: "rcp-notaction",
    severity: Severity::Error,
    aliases: &[aws_error("RCP_SYNTAX_ERROR_NOTACTION")],
    applies: Types::RCP,
    doc: Doc {
        what: "A resource control policy has `NotAction`.",
        why: "Organizations refuses it.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: "List the actions.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};
