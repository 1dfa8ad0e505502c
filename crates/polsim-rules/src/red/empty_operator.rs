//! RED200: an operator without keys.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "RED200",
    name: "empty-operator",
    severity: Severity::Low,
    doc: Doc {
        what: "A condition operator tests no key.",
        why: "It holds always; whoever sees it believes that something limits the statement.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Write the test, or remove the operator.",
        source: "S3.1.4",
    },
    ..Rule::DEFAULT
};
