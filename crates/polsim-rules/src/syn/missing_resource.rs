//! SYN008: a statement without resources.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN008",
    name: "missing-resource",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_RESOURCE"), parliament("MALFORMED")],
    doc: Doc {
        what: "A statement has neither `Resource` nor `NotResource` in a type of policy that needs one.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(PolicyType::Identity, r#"{"Effect": "Allow", "Action": "s3:GetObject"}"#)],
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#,
            ),
        ],
        fix: "Name the resources, or write `\"*\"`.",
        source: "S1.9.1",
    },
    ..Rule::DEFAULT
};
