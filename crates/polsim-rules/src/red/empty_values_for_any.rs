//! RED008: `ForAnyValue` with an empty list.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED008",
    name: "empty-values-for-any",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_CONDITION_FORANYVALUE")],
    doc: Doc {
        what: "A condition key under `ForAnyValue` has an empty list of values.",
        why: "No value is among none: a positive operator never holds.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": []}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}}"#,
        )],
        fix: "Write the values, or remove the key.",
        source: "S3.1.3, S3.13.2",
    },
    ..Rule::DEFAULT
};
