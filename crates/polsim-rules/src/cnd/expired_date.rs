//! CND116: a date that has passed.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, OperatorName, PolicyType, Statement};
use polsim_value::Instant;

pub(crate) const RULE: Rule = Rule {
    code: "CND116",
    name: "expired-date",
    severity: Severity::Medium,
    check: Check::Statement(check),
    doc: Doc {
        what: "A statement applies until a day that has passed.",
        why: "An Allow grants nothing any more, a Deny guards nothing. Needs the setting `now`, so that answers can be reproduced.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-01-31T00:00:00Z"}}}"#,
        )
        .given(&[("now", "2026-10-01")])],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}}}"#,
        )
        .given(&[("now", "2026-10-01")])],
        fix: "Remove the statement, or write another date.",
        source: "S3.6, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(now) = &subject.settings().now else { return };
    let is_time = ["aws:CurrentTime", "aws:EpochTime"];
    for test in tests(statement).filter(|test| test.family() == Family::Date && test.is_of(&is_time)) {
        let ends = matches!(
            test.operator.value.name,
            OperatorName::DateLessThan | OperatorName::DateLessThanEquals | OperatorName::DateEquals
        );
        let dates: Vec<Instant> = test.texts().filter_map(Instant::read).collect();
        let has_passed = !dates.is_empty()
            && dates.len() == test.block.values.len()
            && dates.iter().all(|date| date < now);
        if let Some(value) = test.block.values.first().filter(|_| ends && has_passed) {
            let verb = match statement.effect.value {
                Effect::Allow => "allows",
                Effect::Deny => "denies",
            };
            let sentence = format!("since {} this {verb} nothing", value.value.text);
            findings.add(value.span, sentence);
        }
    }
}
