//! SEC031: a prefix is forbidden, and a shorter one lists it.

use crate::scene::Scene;
use polsim_lint::{Check, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, aws_security};
use polsim_policy::{Effect, KeyBlock, Operator, OperatorName, PolicyType, Statement};
use polsim_prove::Expectation;

/// The key, in lower case.
const PREFIX: &str = "s3:prefix";

pub(crate) const RULE: Rule = Rule {
    code: "SEC031",
    name: "s3-prefix-in-negative-context",
    severity: Severity::High,
    aliases: &[aws_security("S3_PREFIX_IN_NEGATIVE_CONTEXT")],
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A statement keeps some values of s3:prefix out, and lets a listing without a prefix through.",
        why: "s3:prefix is what the request asks for, not what it gets: a listing with a shorter prefix, or with none, \
              shows the same keys.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-data",
                "Condition": {"StringLike": {"s3:prefix": "private/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-data",
                "Condition": {"StringLike": {"s3:prefix": "public/*"}}}"#,
        )],
        fix: "Allow the prefixes that may be listed, with `StringLike`; deny all others with `StringNotLike`.",
        source: "S3.1.2, Access Analyzer policy checks",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        for key in block.keys.iter().filter(|key| key.key.value.folded() == PREFIX) {
            if keeps_out(statement.effect.value, block.operator.value, key) {
                look(subject, statement, key, findings);
            }
        }
    }
}

/// Whether a test keeps some prefixes out instead of letting some in.
fn keeps_out(effect: Effect, operator: Operator, key: &KeyBlock) -> bool {
    let is_about_values = operator.name != OperatorName::Null;
    // `""` is the listing of everything.
    let names_some = key.values.iter().any(|value| !["", "*"].contains(&value.value.text.as_str()));
    let is_negated = operator.name.is_negated();
    is_about_values && names_some && is_negated == (effect == Effect::Allow)
}

fn look(subject: &Subject<'_>, statement: &Statement, key: &KeyBlock, findings: &mut Findings<'_>) {
    let name = subject.name(statement);
    let witness = match statement.effect.value {
        Effect::Allow => {
            let judge = crate::scene::after_denies(subject, statement);
            Scene::new(&judge, &["s3:ListBucket"]).without(PREFIX).allowed()
        }
        Effect::Deny => {
            // Whether any Deny of the document catches the listing of everything where this one means to.
            let judge = Judge::new(subject.lawful());
            let mut scene = Scene::new(&judge, &["s3:ListBucket"]).without(PREFIX);
            for resource in statement.resource.iter().filter(|r| !r.is_negated()).flat_map(|r| r.listed()) {
                scene = scene.on(&resource.value);
            }
            judge.counterexample(scene.region(), Expectation::ExplicitDeny)
        }
    };
    let Some(witness) = witness else { return };
    let sentence = format!("{name} does not keep these keys from a listing with a shorter prefix");
    findings
        .add(key.key.span, sentence)
        .help("allow the prefixes that may be listed, and deny the others with StringNotLike")
        .witness(&witness.request);
}
