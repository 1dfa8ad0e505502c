//! RCH005: a value of a list that never matters.

use crate::keys::{KeyTest, tests};
use crate::never::applies_to_nothing;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject};
use polsim_policy::{Condition, KeyBlock, OperatorBlock, OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RCH005",
    name: "dead-list-member",
    severity: Severity::Low,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A value of a condition can never be the one that makes its statement apply: another test of the statement rules it out, or no request can have it.",
        why: "Its reader believes that it counts.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-data",
                "Condition": {"StringEquals": {"s3:prefix": ["team/a", "other/b"]}, "StringLike": {"s3:prefix": "team/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-data",
                "Condition": {"StringEquals": {"s3:prefix": ["team/a", "team/b"]}, "StringLike": {"s3:prefix": "team/*"}}}"#,
        )],
        fix: "Remove it, or mend the test that rules it out.",
        source: "S3.1.1, S3.1.2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let all: Vec<KeyTest<'_>> = tests(statement).collect();
    let mut is_alive = None;
    for (at, test) in all.iter().enumerate() {
        let operator = test.operator.value;
        let is_plain = !operator.name.is_negated() && operator.quantifier.is_none() && !test.is_null();
        let key = &test.block.key.value;
        let is_shared = all.iter().filter(|other| other.block.key.value == *key).count() > 1;
        if test.block.values.len() < 2 || !is_plain || !(is_shared || is_typed(operator.name)) {
            continue;
        }
        for value in &test.block.values {
            let block = KeyBlock { values: vec![value.clone()], ..test.block.clone() };
            let blocks = all.iter().enumerate().map(|(index, other)| {
                let block = if index == at { block.clone() } else { other.block.clone() };
                OperatorBlock { operator: other.operator, keys: vec![block] }
            });
            let condition = Condition { blocks: blocks.collect() };
            let Some(confidence) = applies_to_nothing(subject, &Statement { condition, ..statement.clone() })
            else {
                continue;
            };
            // Where no value counts, the whole statement is dead, which is another rule's business.
            if !*is_alive.get_or_insert_with(|| applies_to_nothing(subject, statement).is_none()) {
                return;
            }
            let sentence = format!("`{}` is never the value that counts", value.value.text);
            findings
                .add(value.span, sentence)
                .confidence(confidence)
                .also(test.block.key.span, "of this key");
        }
    }
}

/// Operators whose values have a form that a request may be unable to have.
fn is_typed(name: OperatorName) -> bool {
    use OperatorName as Op;
    !matches!(
        name,
        Op::StringEquals
            | Op::StringEqualsIgnoreCase
            | Op::StringLike
            | Op::Null
            | Op::ArnEquals
            | Op::ArnLike
    )
}
