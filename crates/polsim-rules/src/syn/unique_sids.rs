//! SYN012: a `Sid` twice where the type of policy forbids it.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN012",
    name: "unique-sids",
    severity: Severity::Error,
    aliases: &[aws_error("UNIQUE_SIDS_REQUIRED"), parliament("DUPLICATE_SID")],
    doc: Doc {
        what: "Two statements have the same `Sid` in a type of policy that demands different ones.",
        why: "IAM and Organizations refuse the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
               {"Sid": "Read", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
               {"Sid": "List", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}"#,
        )],
        fix: "Rename one of them, or join the two statements.",
        source: "S1.5.3",
    },
    ..Rule::DEFAULT
};
