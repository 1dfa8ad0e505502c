//! RED006: a condition key without values.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED006",
    name: "empty-condition-values",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_CONDITION")],
    doc: Doc {
        what: "A condition key has an empty list of values.",
        why: "Nothing is equal to none of them: a positive operator never holds, a negated one always does.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": []}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Write the values, or remove the key.",
        source: "S3.1.3",
    },
    ..Rule::DEFAULT
};
