//! SEC030: attributes are limited, and all of them can still be asked for.

use crate::scene::{Scene, after_denies};
use polsim_eval::KeyState;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types, aws_security};
use polsim_policy::{Effect, PolicyType, Statement};

/// The key that lists the attributes that a request names, in lower case.
const ATTRIBUTES: &str = "dynamodb:attributes";
/// The key that says which attributes come back, in lower case.
const SELECT: &str = "dynamodb:select";

pub(crate) const RULE: Rule = Rule {
    code: "SEC030",
    name: "dynamodb-attributes-without-select",
    severity: Severity::High,
    aliases: &[aws_security("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT")],
    applies: Types::IDENTITY,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "An Allow limits dynamodb:Attributes and lets a query ask for all attributes.",
        why: "A query that names no attribute and asks for `ALL_ATTRIBUTES` passes `ForAllValues`, which is true of \
              nothing, and gets every attribute.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
                "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
                "Condition": {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "total"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
                "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
                "Condition": {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "total"]},
                              "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}}"#,
        )],
        fix: "Test `StringEqualsIfExists` dynamodb:Select `SPECIFIC_ATTRIBUTES` as well.",
        source: "S3.13.2, Access Analyzer policy checks",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    let mut keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    let Some(key) = keys.find(|key| key.key.value.folded() == ATTRIBUTES) else { return };
    let judge = after_denies(subject, statement);
    let scene = Scene::new(&judge, &["dynamodb:Query", "dynamodb:Scan"])
        .without(ATTRIBUTES)
        .with(SELECT, &KeyState::One("ALL_ATTRIBUTES".to_owned()));
    if let Some(witness) = scene.allowed() {
        let sentence =
            format!("{} still allows a query for all attributes that names none", subject.name(statement));
        findings
            .add(key.key.span, sentence)
            .help("test dynamodb:Select as well: StringEqualsIfExists, SPECIFIC_ATTRIBUTES")
            .witness(&witness.request);
    }
}
