//! VAR006: `${}`.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR006",
    name: "empty-variable",
    severity: Severity::Error,
    aliases: &[aws_error("EMPTY_VARIABLE")],
    doc: Doc {
        what: "A policy variable names no key.",
        why: "It has no value, so the statement matches nothing.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${}/*"}]}"#,
        )],
        good: &[
            Example::document(
                PolicyType::Identity,
                r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
            ),
            Example::document(
                PolicyType::Identity,
                r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${*}/x"}]}"#,
            ),
        ],
        fix: "Name the key.",
        source: "S3.15.10",
    },
    ..Rule::DEFAULT
};
