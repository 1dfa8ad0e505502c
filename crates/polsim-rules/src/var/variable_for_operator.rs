//! VAR002: a variable under an operator that compares no text.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR002",
    name: "variable-for-operator",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_VARIABLE_FOR_OPERATOR")],
    doc: Doc {
        what: "A policy variable stands under an operator that compares no text.",
        why: "It is not replaced, so the value cannot be read and the test never holds.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "${aws:PrincipalTag/age}"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalTag/age": "${aws:RequestTag/age}"}}}"#,
        )],
        fix: "Write the value.",
        source: "S3.15.1",
    },
    ..Rule::DEFAULT
};
