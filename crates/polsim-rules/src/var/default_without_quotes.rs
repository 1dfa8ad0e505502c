//! VAR004: a default that is not `, 'text'`.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "VAR004",
    name: "default-without-quotes",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_QUOTE_IN_VARIABLE")],
    doc: Doc {
        what: "The default of a policy variable is not in single quotes behind a comma and one blank.",
        why: "The variable has no value, so the statement matches nothing.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::team/${aws:PrincipalTag/team, x}/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::team/${aws:PrincipalTag/team, 'x'}/*"}]}"#,
        )],
        fix: "Write `${key, 'default'}`.",
        source: "S3.15.6",
    },
    ..Rule::DEFAULT
};
