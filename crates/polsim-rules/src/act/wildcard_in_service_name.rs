//! ACT010: a wildcard before the colon of an action.

use polsim_lint::{Doc, Example, Rule, Severity, aws_suggestion};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ACT010",
    name: "wildcard-in-service-name",
    severity: Severity::Low,
    aliases: &[aws_suggestion("WILDCARD_IN_SERVICE_NAME")],
    doc: Doc {
        what: "The service of an action has a wildcard.",
        why: "IAM refuses the document: only `*` alone stands for all services.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3*:Get*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["s3:Get*", "s3express:Get*"], "Resource": "*"}"#,
        )],
        fix: "List the services.",
        source: "S1.8.3",
    },
    ..Rule::DEFAULT
};
