//! Operators that do not fit the type of their key.

use crate::keys::{Family, KeyTest, has_wildcard, tests};
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, aws_security, aws_warning,
    parliament,
};
use polsim_policy::{PolicyType, Statement};
use polsim_reference::{Key, KeyType};

pub(crate) const MISMATCH: Rule = Rule {
    code: "CND033",
    name: "type-mismatch",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    aliases: &[aws_warning("TYPE_MISMATCH"), parliament("MISMATCHED_TYPE")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, true)),
    doc: Doc {
        what: "An operator is for another type of value than its condition key has.",
        why: "Values of the key cannot be read, so the test is false whenever the key is there; operators for strings compare letters where numbers, dates or addresses are meant.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: "Write an operator for the type of the key.",
        source: "S3.14.1, S3.4.5, AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const STRING_ON_ARN: Rule = Rule {
    code: "CND044",
    name: "string-like-operator-with-arn-condition-keys",
    severity: Severity::High,
    aliases: &[
        aws_security("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"),
        parliament("MISMATCHED_TYPE_BUT_USABLE"),
    ],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, false)),
    doc: Doc {
        what: "A condition key that holds an ARN is tested with an operator for strings.",
        why: "Under `StringLike` a `*` runs over colons, so that a wildcard for the account reaches into the name of the resource. `low` where no wildcard stands before the fifth colon: then both operators do the same.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}}"#,
        )],
        fix: "Write `ArnLike` or `ArnNotLike`.",
        source: "S3.4.4, S3.10.2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>, is_mismatch: bool) {
    let Some(reference) = subject.reference() else { return };
    for test in tests(statement) {
        let Some(key) = reference.key(test.key()) else { continue };
        let of_text = test.family() == Family::String && key.takes(KeyType::Arn);
        let sentence = format!(
            "`{}` holds a value of type {}, and `{}` is for others",
            test.key(),
            key.key_type(),
            test.operator.value
        );
        if !is_mismatch && of_text {
            let crosses = test.takes_wildcards() && test.texts().any(has_early_wildcard);
            let operator = if test.operator.value.name.is_negated() { "ArnNotLike" } else { "ArnLike" };
            let finding = findings.add(test.operator.span, sentence);
            finding.also(test.block.key.span, "holds an ARN").help(format!("write `{operator}`"));
            if !crosses {
                finding.severity(Severity::Low);
            }
        } else if is_mismatch && !of_text && !fits(test, key) {
            let finding = findings.add(test.operator.span, sentence);
            finding.also(test.block.key.span, format!("has the type {}", key.key_type()));
            // Letters compare equal when they are written as AWS writes them.
            if test.family() == Family::String {
                finding.severity(Severity::Low);
            }
        }
    }
}

/// Whether values of the key can be read by the operator.
fn fits(test: KeyTest<'_>, key: Key<'_>) -> bool {
    match test.family() {
        Family::Null => true,
        // Other operators take no variables, so that addresses and dates are compared with them as text (S3.9.6).
        Family::String => key.takes(KeyType::String) || test.texts().all(|text| text.contains("${")),
        Family::Numeric => key.takes(KeyType::Numeric),
        Family::Date => key.takes(KeyType::Date),
        Family::Bool => key.takes(KeyType::Bool),
        Family::Binary => key.takes(KeyType::Binary),
        Family::Ip => key.takes(KeyType::IpAddress),
        // Many services call the type of a key with ARNs a string.
        Family::Arn => key.takes(KeyType::Arn) || key.takes(KeyType::String),
    }
}

/// Whether a wildcard stands before the fifth colon, or there are fewer colons.
fn has_early_wildcard(text: &str) -> bool {
    let mut colons = text.match_indices(':').skip(4);
    let head = colons.next().map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    has_wildcard(head)
}
