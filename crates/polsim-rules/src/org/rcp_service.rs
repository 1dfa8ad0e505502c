//! ORG201: a service that RCPs are not known to reach.

use polsim_lint::{Confidence, Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG201",
    name: "rcp-service",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    aliases: &[aws_error("RCP_SYNTAX_ERROR_ACTION")],
    applies: Types::RCP,
    doc: Doc {
        what: "An action of a resource control policy belongs to a service that RCPs are not known to reach.",
        why: "The statement does nothing for it. AWS adds services over time, and our table has a date.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "ec2:*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: "Use a service control policy for it.",
        source: "S1.11.2, S4.10.3",
    },
    ..Rule::DEFAULT
};
