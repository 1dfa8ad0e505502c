//! PRN003: a principal in a policy that hangs on one.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN003",
    name: "unsupported-principal",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_PRINCIPAL")],
    applies: Types::IDENTITY,
    check: Check::Problem,
    doc: Doc {
        what: "A policy that is attached to a user, group or role names a principal.",
        why: "It speaks of whoever it is attached to; AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Remove the element, or attach the policy to the resource.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};
