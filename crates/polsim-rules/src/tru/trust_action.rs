//! TRU200: an action that means nothing in a trust policy.

use polsim_lint::{Doc, Example, Rule, Severity, Types};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "TRU200",
    name: "trust-action",
    severity: Severity::Medium,
    applies: Types::TRUST,
    doc: Doc {
        what: "An action of a trust policy does not assume a role.",
        why: "It does nothing there.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": ["sts:AssumeRole", "sts:GetCallerIdentity"]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Remove it; what the role may do stands in its identity policies.",
        source: "S1.11.3",
    },
    ..Rule::DEFAULT
};
