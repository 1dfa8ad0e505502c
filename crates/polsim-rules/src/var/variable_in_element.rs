//! VAR007: a variable where none can stand.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR007",
    name: "variable-in-element",
    severity: Severity::Error,
    aliases: &[aws_error("VARIABLE_UNSUPPORTED_IN_ELEMENT")],
    doc: Doc {
        what: "A policy variable stands in an element or a name that takes none.",
        why: "AWS refuses it in `Action` and `Principal`; in the name of a condition key it is plain text, and the key is in no request.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:${aws:username}", "Resource": "*"}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        fix: "Write what is meant; values of conditions take variables.",
        source: "S3.15.1",
    },
    ..Rule::DEFAULT
};
