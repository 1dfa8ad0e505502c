//! SYN202: a character that IAM could not store, in a policy that it does not.

use polsim_lint::{Doc, Example, Rule, Severity, Types};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN202",
    name: "unusual-character",
    severity: Severity::Info,
    applies: Types::ALL,
    doc: Doc {
        what: "The text has a character outside of U+0020 to U+00FF in a policy that IAM does not store.",
        why: "It may be meant; where it came from a web page it makes names differ that look the same.",
        bad: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example–bucket/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#,
        )],
        fix: "Type the character anew if it is not meant.",
        source: "S1.1.2",
    },
    ..Rule::DEFAULT
};
