//! ORG004: a resource control policy that allows.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG004",
    name: "rcp-allow",
    severity: Severity::Error,
    aliases: &[aws_error("RCP_SYNTAX_ERROR_ALLOW")],
    applies: Types::RCP,
    doc: Doc {
        what: "A resource control policy has a statement that allows.",
        why: "Organizations refuses it; only its own `RCPFullAWSAccess` allows.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: "Deny what is to be forbidden, with a condition for what stays.",
        source: "S1.11.1",
    },
    ..Rule::DEFAULT
};
