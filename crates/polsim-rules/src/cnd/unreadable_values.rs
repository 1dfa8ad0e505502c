//! Values that their operator cannot read, a family of operators a row.

use crate::keys::{Family, KeyTest, is_placeholder, tests};
use polsim_lint::{Check, Doc, Findings, Rule, Severity, aws_error, aws_warning, parliament};
use polsim_policy::Statement;
use polsim_value::{AddressRange, Bytes, Decimal, Instant, read_truth};

/// What is bad about all of them.
const WHY: &str =
    "A value that cannot be read makes the whole test of the key false, under negated operators too.";

pub(crate) const IP_RANGE: Rule = Rule {
    code: "CND019",
    name: "type-mismatch-ip-range",
    severity: Severity::Error,
    aliases: &[aws_error("TYPE_MISMATCH_IP_RANGE"), parliament("MISMATCHED_TYPE")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND019")),
    doc: Doc {
        what: "A value under an operator for IP addresses is neither an address nor a CIDR range.",
        why: WHY,
        bad: allow_if!(r#"{"IpAddress": {"aws:SourceIp": "203.0.113.*"}}"#),
        good: allow_if!(r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#),
        fix: "Write an address or a range, such as `203.0.113.0/24` or `2001:db8::/32`.",
        source: "S3.9.1, S3.14.1",
    },
    ..Rule::DEFAULT
};

pub(crate) const BOOLEAN: Rule = Rule {
    code: "CND034",
    name: "type-mismatch-boolean",
    severity: Severity::Medium,
    aliases: &[
        aws_warning("TYPE_MISMATCH_BOOLEAN"),
        parliament("MISMATCHED_TYPE"),
        parliament("MISMATCHED_TYPE_OPERATION_TO_NULL"),
    ],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND034")),
    doc: Doc {
        what: "A value under `Bool` or `Null` is neither `true` nor `false`.",
        why: WHY,
        bad: allow_if!(r#"{"Bool": {"aws:SecureTransport": "yes"}}"#),
        good: allow_if!(r#"{"Bool": {"aws:SecureTransport": "true"}}"#),
        fix: "Write `true` or `false`.",
        source: "S3.7.1, S3.11.1, S3.14.1",
    },
    ..Rule::DEFAULT
};

pub(crate) const DATE: Rule = Rule {
    code: "CND035",
    name: "type-mismatch-date",
    severity: Severity::Medium,
    aliases: &[aws_warning("TYPE_MISMATCH_DATE"), parliament("MISMATCHED_TYPE")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND035")),
    doc: Doc {
        what: "A value under an operator for dates is no date.",
        why: WHY,
        bad: allow_if!(r#"{"DateLessThan": {"aws:CurrentTime": "31.12.2026"}}"#),
        good: allow_if!(r#"{"DateLessThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}}"#),
        fix: "Write the date as `2026-12-31` or `2026-12-31T00:00:00Z`.",
        source: "S3.6.1, S3.14.1",
    },
    ..Rule::DEFAULT
};

pub(crate) const NUMBER: Rule = Rule {
    code: "CND036",
    name: "type-mismatch-number",
    severity: Severity::Medium,
    aliases: &[aws_warning("TYPE_MISMATCH_NUMBER"), parliament("MISMATCHED_TYPE")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND036")),
    doc: Doc {
        what: "A value under an operator for numbers is no number.",
        why: WHY,
        bad: allow_if!(r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "1h"}}"#),
        good: allow_if!(r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}"#),
        fix: "Write digits, with a sign or a fraction if need be.",
        source: "S3.5.3, S3.14.1",
    },
    ..Rule::DEFAULT
};

pub(crate) const BINARY: Rule = Rule {
    code: "CND037",
    name: "type-mismatch-string",
    severity: Severity::Medium,
    aliases: &[aws_warning("TYPE_MISMATCH_STRING"), parliament("MISMATCHED_TYPE")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND037")),
    doc: Doc {
        what: "A value under `BinaryEquals` is not base64.",
        why: WHY,
        bad: allow_if!(r#"{"BinaryEquals": {"aws:username": "a*"}}"#),
        good: allow_if!(r#"{"BinaryEquals": {"aws:username": "YWxpY2U="}}"#),
        fix: "Write the bytes in base64.",
        source: "S3.8.1, S3.14.1",
    },
    ..Rule::DEFAULT
};

fn check(statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    for test in tests(statement) {
        let Some((_, what)) = row(test).filter(|(by, _)| *by == code) else { continue };
        for value in &test.block.values {
            let text = value.value.text.as_str();
            // A variable is another matter: the parser tells where one can stand.
            if !text.contains("${") && !is_placeholder(text) && !reads(test, text) {
                findings
                    .add(value.span, format!("`{text}` is no {what}"))
                    .saying(format!("`{}` is false whatever the request", test.operator.value));
            }
        }
    }
}

/// The rule for the values of a test, and what they are.
fn row(test: KeyTest<'_>) -> Option<(&'static str, &'static str)> {
    Some(match test.family() {
        Family::Ip => (IP_RANGE.code, "IP address and no CIDR range"),
        Family::Bool | Family::Null => (BOOLEAN.code, "truth value"),
        Family::Date => (DATE.code, "date"),
        Family::Numeric => (NUMBER.code, "number"),
        Family::Binary => (BINARY.code, "base64"),
        Family::String | Family::Arn => return None,
    })
}

/// Whether the operator of a test can read a value.
pub(super) fn reads(test: KeyTest<'_>, text: &str) -> bool {
    match test.family() {
        Family::Ip => AddressRange::read(text).is_some(),
        Family::Bool | Family::Null => read_truth(text).is_some(),
        Family::Date => Instant::read(text).is_some(),
        Family::Numeric => Decimal::read(text).is_some(),
        Family::Binary => Bytes::read(text).is_some(),
        Family::String | Family::Arn => true,
    }
}
