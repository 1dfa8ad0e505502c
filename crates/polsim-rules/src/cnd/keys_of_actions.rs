//! Keys of services under actions whose requests never have them.
//!
//! `Null` and tests that pass without the key are left alone where they say what they mean.

use crate::actions::{is_exact, listed, matched, named, some_of};
use crate::keys::{Family, KeyTest, tests};
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, aws_error, parliament,
};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_reference::Reference;

pub(crate) const NAMED: Rule = Rule {
    code: "CND010",
    name: "unsupported-action-for-condition-key",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("UNSUPPORTED_ACTION_FOR_CONDITION_KEY"), parliament("UNKNOWN_CONDITION_FOR_ACTION")],
    phase: Phase::Reference,
    check: Check::Statement(of_named),
    doc: Doc {
        what: "Requests with an action that is named never have a condition key that is tested.",
        why: "The test fails for them, so the statement says nothing about the action: an Allow does not allow it, a Deny does not deny it.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:ListAllMyBuckets"], "Resource": "*",
                "Condition": {"StringLike": {"s3:prefix": "home/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                "Condition": {"StringLike": {"s3:prefix": "home/*"}}},
               {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}"#,
        )],
        fix: "Put the action into a statement of its own, with a test of a key that it has.",
        source: "AWS service authorization reference, S3.3.1",
    },
    ..Rule::DEFAULT
};

pub(crate) const MATCHED: Rule = Rule {
    code: "CND119",
    name: "key-not-in-service",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    aliases: &[parliament("UNKNOWN_CONDITION_FOR_ACTION")],
    phase: Phase::Reference,
    check: Check::Statement(of_matched),
    doc: Doc {
        what: "None of the actions that a pattern matches has a condition key that is tested; or a Deny holds of those that lack it.",
        why: "The test comes out the same for all of them, whatever the request says.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*",
                "Condition": {"StringNotEquals": {"iam:ResourceTag/status": "prod"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*",
                "Condition": {"StringNotEquals": {"ec2:ResourceTag/status": "prod"}}}"#,
        )],
        fix: "Test a key that the actions have; write `IfExists` or list the actions in a Deny.",
        source: "AWS service authorization reference, S3.3",
    },
    ..Rule::DEFAULT
};

/// Tests of keys that belong to a service.
fn of_services<'s>(reference: &Reference, statement: &'s Statement) -> impl Iterator<Item = KeyTest<'s>> {
    let tests = tests(statement).filter(move |test| {
        let key = test.key();
        let of_service = key.split_once(':').is_some_and(|(prefix, _)| reference.service(prefix).is_some());
        let is_null = test.family() == Family::Null;
        !is_null && of_service && reference.global_key(key).is_none() && reference.key(key).is_some()
    });
    tests.collect::<Vec<_>>().into_iter()
}

fn of_named(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    for test in of_services(reference, statement).filter(|test| !test.holds_without_key()) {
        let lacking = listed(statement).iter().filter(|entry| {
            named(reference, &entry.value).is_some_and(|action| action.key(test.key()).is_none())
        });
        let lacking: Vec<_> = lacking.collect();
        let Some(first) = lacking.first() else { continue };
        let names: Vec<String> = lacking.iter().map(|entry| entry.value.as_str().to_owned()).collect();
        let sentence = format!("`{}` is in no request with {}", test.key(), some_of(&names));
        findings
            .add(test.block.key.span, sentence)
            .also(first.span, "this statement does not apply to it")
            .help("put it into a statement of its own");
    }
}

fn of_matched(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let is_deny = statement.effect.value == Effect::Deny;
    for test in of_services(reference, statement) {
        let widens = is_deny
            && test.holds_without_key()
            && !test.operator.value.if_exists
            && test.operator.value.quantifier.is_none();
        for entry in listed(statement).iter().filter(|entry| !is_exact(&entry.value)) {
            let text = entry.value.as_str();
            if entry.value.is_any() {
                if widens {
                    let sentence = format!(
                        "`{}` belongs to one service, and all others are denied whatever it is",
                        test.key()
                    );
                    findings.add(test.block.key.span, sentence).also(entry.span, "matches every action");
                }
                continue;
            }
            let actions = matched(reference, &entry.value);
            let lacking: Vec<String> = actions
                .iter()
                .filter(|action| action.key(test.key()).is_none())
                .map(ToString::to_string)
                .collect();
            if !actions.is_empty() && lacking.len() == actions.len() {
                let sentence = format!("`{}` is in no request with `{text}`", test.key());
                findings.add(test.block.key.span, sentence).also(entry.span, "none of these actions has it");
            } else if widens && !lacking.is_empty() {
                let sentence = format!(
                    "requests with {} never have `{}`, and are always denied",
                    some_of(&lacking),
                    test.key()
                );
                findings.add(test.block.key.span, sentence).also(entry.span, "matches them");
            }
        }
    }
}
