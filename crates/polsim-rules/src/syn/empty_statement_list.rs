//! SYN201: `"Statement": []`.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN201",
    name: "empty-statement-list",
    severity: Severity::Medium,
    doc: Doc {
        what: "The list of statements is empty.",
        why: "The policy grants nothing and forbids nothing; where it replaces a default, everything is denied.",
        bad: &[Example::document(PolicyType::Identity, r#"{"Version": "2012-10-17", "Statement": []}"#)],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Add the statements, or remove the policy.",
        source: "S1.4.3",
    },
    ..Rule::DEFAULT
};
