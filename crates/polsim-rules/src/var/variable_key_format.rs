//! VAR201: a variable whose key is not `prefix:name`.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR201",
    name: "variable-key-format",
    severity: Severity::Error,
    doc: Doc {
        what: "The key of a policy variable is not of the form `prefix:name`.",
        why: "The variable has no value, so the statement matches nothing.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${username}/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        fix: "Write the whole name, such as `aws:username`.",
        source: "S3.15.10",
    },
    ..Rule::DEFAULT
};
