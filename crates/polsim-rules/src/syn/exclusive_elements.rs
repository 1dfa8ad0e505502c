//! SYN010: an element and its opposite in one statement.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN010",
    name: "exclusive-elements",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_ELEMENT_COMBINATION"), parliament("MALFORMED")],
    doc: Doc {
        what: "A statement has an element and its opposite, such as `Action` and `NotAction`.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "NotAction": "s3:DeleteBucket", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
               {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}"#,
        )],
        fix: "Keep one, or write two statements.",
        source: "S1.4.4",
    },
    ..Rule::DEFAULT
};
