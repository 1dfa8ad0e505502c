//! Allows that are open to requests without the key that they test.
//!
//! What other tests of the statement demand decides whether such a request gets through, so the prover is asked for one;
//! it knows which keys go together (S5.5).

use crate::keys::{KeyTest, demands, tests};
use polsim_eval::KeyState;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject};
use polsim_policy::{Effect, PolicyType, SetQuantifier, Statement};
use polsim_prove::{Expectation, Region, Witness};
use polsim_reference::{Arity, Presence, PresenceClass};

pub(crate) const NEGATED: Rule = Rule {
    code: "CND101",
    name: "negated-operator-absent-key",
    severity: Severity::High,
    confidence: Confidence::Medium,
    phase: Phase::Prover,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND101")),
    doc: Doc {
        what: "An Allow has a negated test, and a request without the key passes it.",
        why: "`StringNotEquals` and the like are true when the key is missing, so the grant reaches further than its text.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:ResourceTag/secret": "yes"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:ResourceTag/secret": "yes"},
                              "Null": {"aws:ResourceTag/secret": "false"}}}"#,
        )],
        fix: "Add `\"Null\": {<key>: \"false\"}`, or list what is allowed.",
        source: "S3.3.2",
    },
    ..Rule::DEFAULT
};

pub(crate) const FOR_ALL: Rule = Rule {
    code: "CND102",
    name: "forallvalues-absent-allow",
    severity: Severity::High,
    phase: Phase::Prover,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND102")),
    doc: Doc {
        what: "An Allow tests a key with `ForAllValues`, and a request without the key passes.",
        why: "`ForAllValues` is true of no value at all. `medium` for the keys of tags, where none is harmless as a rule. AWS warns of it for keys with one value only; it is as true for others.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["owner", "team"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["owner", "team"]},
                              "Null": {"aws:TagKeys": "false"}}}"#,
        )],
        fix: "Add `\"Null\": {<key>: \"false\"}`, unless requests without the key are meant to pass.",
        source: "S3.13.2",
    },
    ..Rule::DEFAULT
};

pub(crate) const IF_EXISTS: Rule = Rule {
    code: "CND105",
    name: "ifexists-allow",
    severity: Severity::High,
    confidence: Confidence::Medium,
    phase: Phase::Prover,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND105")),
    doc: Doc {
        what: "An Allow tests with `IfExists` who asks or from where, and a request without the key passes.",
        why: "Whoever comes another way does not have the key, and is let in.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        fix: "Remove `IfExists`, or say in another test who passes without the key.",
        source: "S3.12.1",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    for test in tests(statement).filter(|test| rule_of(subject, *test) == Some(code)) {
        // Who demands a tag of the request demands that it has tags (S5.5 I12).
        if test.is("aws:TagKeys") && demands(statement, "aws:RequestTag/") {
            continue;
        }
        let Some(witness) = without_key(subject, statement, test) else { continue };
        let sentence = format!("a request without `{}` is allowed", test.key());
        let finding = findings.add(test.operator.span, sentence);
        finding
            .also(test.block.key.span, "the key that may be missing")
            .help(format!("add `\"Null\": {{\"{}\": \"false\"}}` to demand it", test.key()))
            .witness(&witness.request);
        // Without tags there is no wrong one.
        if test.is_of(&["aws:TagKeys", "sts:TransitiveTagKeys"]) {
            finding.severity(Severity::Medium);
        }
    }
}

/// The rule that looks at a test.
fn rule_of(subject: &Subject<'_>, test: KeyTest<'_>) -> Option<&'static str> {
    let presence = Presence::of(test.key());
    if !test.holds_without_key() || matches!(presence, Presence::Always | Presence::MostActions) {
        return None;
    }
    if test.operator.value.quantifier == Some(SetQuantifier::ForAllValues) {
        // CND040 speaks of keys with one value.
        let key = subject.reference().and_then(|reference| reference.key(test.key()));
        return key.is_none_or(|key| key.arity() == Arity::Many).then_some(FOR_ALL.code);
    }
    if test.operator.value.if_exists {
        let class = presence.class();
        let tells_who = matches!(class, Some(PresenceClass::Network | PresenceClass::Principal));
        return (tells_who && !test.operator.value.name.is_negated()).then_some(IF_EXISTS.code);
    }
    test.operator.value.name.is_negated().then_some(NEGATED.code)
}

/// A request without the key that the statement allows.
fn without_key(subject: &Subject<'_>, statement: &Statement, test: KeyTest<'_>) -> Option<Box<Witness>> {
    let mut judge = Judge::new(&subject.policy_of([statement]));
    let mut region = Region::default();
    region.state(&mut judge.model, &test.block.key.value, KeyState::Absent);
    judge.counterexample(&region, Expectation::Deny)
}
