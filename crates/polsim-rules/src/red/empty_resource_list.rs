//! RED002: an empty list of resources.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED002",
    name: "empty-resource-list",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_RESOURCE")],
    doc: Doc {
        what: "`Resource` or `NotResource` is an empty list.",
        why: "An empty `Resource` matches nothing, so the statement does nothing; an empty `NotResource` matches everything.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": []}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Name the resources, or remove the statement.",
        source: "S1.9.3",
    },
    ..Rule::DEFAULT
};
