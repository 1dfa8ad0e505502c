//! VAR008: a variable under the version of 2008.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR008",
    name: "variable-in-old-version",
    severity: Severity::Error,
    aliases: &[aws_error("VARIABLE_UNSUPPORTED_IN_VERSION")],
    doc: Doc {
        what: "The document has the version of 2008 and a policy variable.",
        why: "Under that version the variable is plain text and matches nothing that is meant.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2008-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        fix: "Write `\"Version\": \"2012-10-17\"`.",
        source: "S3.15.2",
    },
    ..Rule::DEFAULT
};
