//! CND114: a value under an ARN operator that is no ARN.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

/// The fields of an ARN.
const FIELDS: usize = 6;

pub(crate) const RULE: Rule = Rule {
    code: "CND114",
    name: "arn-operator-too-few-fields",
    severity: Severity::High,
    check: Check::Statement(check),
    doc: Doc {
        what: "A value under an operator for ARNs has fewer than six fields.",
        why: "These operators compare field by field, so the value matches nothing: a positive test never holds, a negated one spares nobody.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:*"}}}"#,
        )],
        fix: "Write all six fields, each with a wildcard if need be: `arn:*:iam::*:role/*`.",
        source: "S3.10.2, S3.10.5",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| test.family() == Family::Arn) {
        for value in &test.block.values {
            let text = value.value.text.as_str();
            let fields = text.split(':').count();
            if text.starts_with("${") || fields >= FIELDS {
                continue;
            }
            let sentence = format!("`{text}` has {fields} of the six fields of an ARN, and matches nothing");
            let finding = findings.add(value.span, sentence);
            if text == "*" {
                finding.help("`Null` tests whether a key is there");
            }
        }
    }
}
