//! SYN021: a `Sid` twice where it should be there once.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_warning, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN021",
    name: "unique-sids-advised",
    severity: Severity::Low,
    aliases: &[aws_warning("UNIQUE_SIDS_RECOMMENDED"), parliament("DUPLICATE_SID")],
    applies: Types::ALL,
    doc: Doc {
        what: "Two statements have the same `Sid` in a type of policy that takes it in some services.",
        why: "Not every service accepts it, and nobody knows which of the two is meant by its name.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Sid": "Read", "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"},
               {"Sid": "Read", "Effect": "Allow", "Principal": "*", "Action": "sqs:GetQueueUrl", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Sid": "Send", "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"},
               {"Sid": "Read", "Effect": "Allow", "Principal": "*", "Action": "sqs:GetQueueUrl", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#,
        )],
        fix: "Rename one of them.",
        source: "S1.5.3",
    },
    ..Rule::DEFAULT
};
