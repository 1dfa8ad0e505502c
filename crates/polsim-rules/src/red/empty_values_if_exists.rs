//! RED009: `IfExists` with an empty list.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED009",
    name: "empty-values-if-exists",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_CONDITION_IFEXISTS")],
    doc: Doc {
        what: "A condition key under an operator with `IfExists` has an empty list of values.",
        why: "It holds only when the key is absent, which `Null` says more clearly.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEqualsIfExists": {"aws:SourceVpce": []}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"Null": {"aws:SourceVpce": "true"}}}"#,
        )],
        fix: "Write the values, or use `Null`.",
        source: "S3.1.3, S3.12",
    },
    ..Rule::DEFAULT
};
