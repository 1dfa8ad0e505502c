//! VAR200: a variable before the fifth colon of an ARN.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR200",
    name: "variable-too-early",
    severity: Severity::Error,
    doc: Doc {
        what: "A policy variable stands before the fifth colon of an ARN.",
        why: "There it is plain text, and the ARN matches nothing.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:${aws:PrincipalAccount}:q"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:q",
               "Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}}"#,
        )],
        fix: "Use `*` in that field and test the value in a condition.",
        source: "S1.9.5, S3.15.9",
    },
    ..Rule::DEFAULT
};
