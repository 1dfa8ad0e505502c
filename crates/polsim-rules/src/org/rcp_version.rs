//! ORG200: a resource control policy of another version.

use polsim_lint::{Doc, Example, Rule, Severity, Types};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG200",
    name: "rcp-version",
    severity: Severity::Error,
    applies: Types::RCP,
    doc: Doc {
        what: "A resource control policy has no `Version`, or the one of 2008.",
        why: "Organizations refuses it.",
        bad: &[Example::document(
            PolicyType::Rcp,
            r#"{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: "Write `\"Version\": \"2012-10-17\"`.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};
