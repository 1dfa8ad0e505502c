//! SYN004: a document without `Statement`.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN004",
    name: "missing-statement",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_STATEMENT"), parliament("MALFORMED")],
    doc: Doc {
        what: "The document has no `Statement`.",
        why: "AWS refuses it.",
        bad: &[Example::document(PolicyType::Identity, r#"{"Version": "2012-10-17"}"#)],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Add the statements.",
        source: "S1.4.1",
    },
    ..Rule::DEFAULT
};
