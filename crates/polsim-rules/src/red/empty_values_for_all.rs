//! RED007: `ForAllValues` with an empty list.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED007",
    name: "empty-values-for-all",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_CONDITION_FORALLVALUES")],
    doc: Doc {
        what: "A condition key under `ForAllValues` has an empty list of values.",
        why: "It holds only when the key is absent, which `Null` says more clearly.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"Null": {"aws:TagKeys": "true"}}}"#,
        )],
        fix: "Write the values, or use `Null`.",
        source: "S3.1.3, S3.13.2",
    },
    ..Rule::DEFAULT
};
