//! VAR003: `${` that no `}` closes.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR003",
    name: "missing-brace",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_BRACE_IN_VARIABLE")],
    doc: Doc {
        what: "A policy variable is not closed.",
        why: "It is plain text and matches nothing that is meant.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        fix: "Close it.",
        source: "S3.15.10",
    },
    ..Rule::DEFAULT
};
