//! SYN007: a statement without actions.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN007",
    name: "missing-action",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_ACTION"), parliament("MALFORMED")],
    doc: Doc {
        what: "A statement has neither `Action` nor `NotAction`.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(PolicyType::Identity, r#"{"Effect": "Allow", "Resource": "*"}"#)],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Name the actions.",
        source: "S1.8.1",
    },
    ..Rule::DEFAULT
};
