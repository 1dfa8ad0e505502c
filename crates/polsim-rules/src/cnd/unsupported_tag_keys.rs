//! Conditions on tags over services that do not know them, an effect and a polarity a row.

use crate::actions::{is_exact, listed, matched, named};
use crate::keys::{KeyTest, tests};
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, aws_security, aws_suggestion,
};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_reference::Reference;
use polsim_text::Span;
use std::collections::BTreeMap;

/// The keys about tags that every service could have.
const KEYS: [&str; 3] = ["aws:ResourceTag/", "aws:RequestTag/", "aws:TagKeys"];

const SOURCE: &str = "AWS service authorization reference, S3.3.1";

pub(crate) const DENY: Rule = Rule {
    code: "CND042",
    name: "deny-with-unsupported-tag-condition-key-for-service",
    severity: Severity::High,
    confidence: Confidence::Medium,
    aliases: &[aws_security("DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND042")),
    doc: Doc {
        what: "A Deny tests a tag, and covers a service whose actions never have the key.",
        why: "The test fails for them, so they are not denied.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:ListAllMyBuckets", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceTag/secret": "yes"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "ec2:TerminateInstances", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceTag/secret": "yes"}}}"#,
        )],
        fix: "Deny those actions in a statement of their own, by their resources.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const DENY_NOT_ACTION: Rule = Rule {
    code: "CND043",
    name: "deny-notaction-with-unsupported-tag-condition-key-for-service",
    severity: Severity::High,
    confidence: Confidence::Medium,
    aliases: &[aws_security("DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND043")),
    doc: Doc {
        what: "A Deny with `NotAction` tests a tag.",
        why: "It covers services whose actions never have the key, and those are not denied.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceTag/secret": "yes"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "blue"}}}"#,
        )],
        fix: "List the actions that the tag is to protect.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const ALLOW: Rule = Rule {
    code: "CND052",
    name: "allow-with-unsupported-tag-condition-key-for-service",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    aliases: &[aws_suggestion("ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND052")),
    doc: Doc {
        what: "An Allow tests a tag, and covers a service whose actions never have the key.",
        why: "The test fails for them, so they are not allowed.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["ec2:StopInstances", "s3:ListAllMyBuckets"], "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}},
               {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}"#,
        )],
        fix: "Allow those actions in a statement of their own.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const ALLOW_NOT_ACTION: Rule = Rule {
    code: "CND053",
    name: "allow-notaction-with-unsupported-tag-condition-key-for-service",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    aliases: &[aws_suggestion("ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND053")),
    doc: Doc {
        what: "An Allow with `NotAction` tests a tag.",
        why: "It covers services whose actions never have the key, and those are not allowed.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalTag/team": "blue"}}}"#,
        )],
        fix: "List the actions that the tag is to open.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    let (by, verb) = match (statement.effect.value, statement.action.is_negated()) {
        (Effect::Deny, false) => (DENY.code, "denied"),
        (Effect::Deny, true) => (DENY_NOT_ACTION.code, "denied"),
        (Effect::Allow, false) => (ALLOW.code, "allowed"),
        (Effect::Allow, true) => (ALLOW_NOT_ACTION.code, "allowed"),
    };
    let Some(reference) = subject.reference().filter(|_| by == code) else { return };
    let tests = tests(statement).filter(|test| test.is_of(&KEYS) && !test.holds_without_key());
    for test in tests {
        if statement.action.is_negated() {
            let sentence = format!("services that do not know `{}` are not {verb} here", test.key());
            findings.add(test.block.key.span, sentence).also(statement.action.span(), "covers them");
        }
        for (service, span) in without(reference, statement, test) {
            let sentence = match service {
                Some(service) => {
                    format!(
                        "`{}` is in no request with these actions of `{service}`: they are not {verb} here",
                        test.key()
                    )
                }
                None => format!("services that do not know `{}` are not {verb} here", test.key()),
            };
            findings.add(test.block.key.span, sentence).also(span, "covers them");
        }
    }
}

/// The services none of whose actions in the statement has the key, with the place of the first one; no name for `*`.
fn without<'s>(
    reference: &Reference,
    statement: &'s Statement,
    test: KeyTest<'_>,
) -> BTreeMap<Option<&'s str>, Span> {
    let mut services: BTreeMap<Option<&str>, (Span, bool)> = BTreeMap::new();
    for entry in listed(statement) {
        let is_unknown = is_exact(&entry.value) && named(reference, &entry.value).is_none();
        if is_unknown {
            // Nobody knows which keys it has.
            continue;
        }
        let mut actions = matched(reference, &entry.value).into_iter();
        let has_key = actions.any(|action| action.key(test.key()).is_some());
        let row = services.entry(entry.value.service()).or_insert((entry.span, false));
        row.1 |= has_key;
    }
    let known = services.into_iter().filter(|(service, (_, has_key))| {
        !has_key && service.is_none_or(|prefix| reference.service(prefix).is_some())
    });
    known.map(|(service, (span, _))| (service, span)).collect()
}
