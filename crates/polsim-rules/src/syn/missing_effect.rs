//! SYN005: a statement without `Effect`.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN005",
    name: "missing-effect",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_EFFECT"), parliament("MALFORMED")],
    doc: Doc {
        what: "A statement has no `Effect`.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(PolicyType::Identity, r#"{"Action": "s3:GetObject", "Resource": "*"}"#)],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Say `Allow` or `Deny`.",
        source: "S1.6.1",
    },
    ..Rule::DEFAULT
};
