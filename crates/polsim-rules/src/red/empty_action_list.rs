//! RED001: an empty list of actions.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED001",
    name: "empty-action-list",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_ARRAY_ACTION")],
    doc: Doc {
        what: "`Action` or `NotAction` is an empty list.",
        why: "An empty `Action` matches nothing, so the statement does nothing; an empty `NotAction` matches everything.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": [], "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Name the actions, or remove the statement.",
        source: "S1.8.4",
    },
    ..Rule::DEFAULT
};
