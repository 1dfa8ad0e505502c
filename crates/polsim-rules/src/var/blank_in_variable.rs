//! VAR005: a blank in the key of a variable.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR005",
    name: "blank-in-variable",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_SPACE_IN_VARIABLE")],
    doc: Doc {
        what: "The key of a policy variable has a blank.",
        why: "The variable has no value, so the statement matches nothing.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws: username}/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        fix: "Remove the blank.",
        source: "S3.15.10",
    },
    ..Rule::DEFAULT
};
