//! CND031: a date that is written in a way that people misread.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_warning};
use polsim_policy::{PolicyType, Statement};
use polsim_text::Edit;
use polsim_value::{Instant, Zone};

/// Seconds of the year 2200; what is later was meant as milliseconds.
const LATEST: i64 = 7_258_118_400;

pub(crate) const RULE: Rule = Rule {
    code: "CND031",
    name: "invalid-date-value",
    severity: Severity::Medium,
    aliases: &[aws_warning("INVALID_DATE_VALUE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A date is written as seconds, or without a zone.",
        why: "Nobody sees what day it is, and a time without a zone is read as UTC.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"DateLessThan": {"aws:CurrentTime": "1798675200"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}}}"#,
        )],
        fix: "Write `2026-12-31T00:00:00Z`. `--fix` does, unless milliseconds were meant.",
        source: "S3.6.2, S3.6.3",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let dates = tests(statement).filter(|test| test.family() == Family::Date && !test.is("aws:EpochTime"));
    for test in dates {
        for value in &test.block.values {
            let text = value.value.text.as_str();
            let Some((instant, zone)) = Instant::read_with_zone(text) else { continue };
            let is_number = !text.contains(['-', ':', 'T']);
            let is_late = *instant.seconds() > LATEST.into();
            let sentence = match (is_number, is_late, zone) {
                (true, true, _) => format!("`{text}` is read as seconds; milliseconds were meant, it seems"),
                (true, false, _) => format!("`{text}` is read as seconds since 1970: {instant}"),
                (false, _, Zone::Missing) => format!("`{text}` names no zone and is read as UTC"),
                (false, _, Zone::Given) => continue,
            };
            let finding = findings.add(value.span, sentence);
            let date = instant.to_string();
            if !is_late && date != text {
                finding.fix(Fix::safe(
                    format!("write `{date}`"),
                    [Edit::replace(value.span, format!("\"{date}\""))],
                ));
            }
        }
    }
}
