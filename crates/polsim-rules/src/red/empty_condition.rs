//! RED005: `"Condition": {}`.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED005",
    name: "empty-condition",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_OBJECT_CONDITION")],
    doc: Doc {
        what: "`Condition` is an empty object.",
        why: "It holds always; whoever sees the word believes that something limits the statement. AWS's own page contradicts itself on what it does.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Write the condition, or remove the element.",
        source: "S3.1.4",
    },
    ..Rule::DEFAULT
};
