//! SYN002: an element has the wrong JSON type.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN002",
    name: "data-type-mismatch",
    severity: Severity::Error,
    aliases: &[aws_error("DATA_TYPE_MISMATCH"), parliament("MALFORMED")],
    doc: Doc {
        what: "An element has a JSON type that it cannot have.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": {"s3": "GetObject"}, "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Write the element as the message says.",
        source: "S1.1.7, S1.2.1, S1.4.2, S1.8.2, S1.9.2, S1.10.1",
    },
    ..Rule::DEFAULT
};
