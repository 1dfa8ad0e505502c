//! `ForAllValues` and `ForAnyValue` that do not say what was meant.
//!
//! The rules about an Allow that opens when the key is missing are in `absent_key_opens.rs`: they ask the prover.

use crate::keys::{KeyTest, demands, tests};
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, aws_security, parliament,
};
use polsim_policy::{Effect, PolicyType, SetQuantifier, Statement};
use polsim_reference::Arity;

pub(crate) const SINGLE: Rule = Rule {
    code: "CND040",
    name: "forallvalues-with-single-valued-key",
    severity: Severity::High,
    confidence: Confidence::Medium,
    aliases: &[
        aws_security("FORALLVALUES_WITH_SINGLE_VALUED_KEY"),
        parliament("SINGLE_VALUE_CONDITION_TOO_PERMISSIVE"),
    ],
    phase: Phase::Reference,
    check: Check::Statement(single),
    doc: Doc {
        what: "`ForAllValues` stands before the test of a key that has one value.",
        why: "It makes the test true for requests without the key, and does nothing else.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ForAllValues:StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        fix: "Remove `ForAllValues:`; write `IfExists` if requests without the key are to pass.",
        source: "S3.13.2, S3.13.8",
    },
    ..Rule::DEFAULT
};

pub(crate) const DENIES: Rule = Rule {
    code: "CND103",
    name: "forallvalues-absent-deny",
    severity: Severity::Medium,
    check: Check::Statement(denies),
    doc: Doc {
        what: "A Deny tests a key with `ForAllValues`, and not whether the key is there.",
        why: "The test holds of every request without the key, so all of them are denied. With a negated operator that is an idiom, “unless one of the values is listed”, and not found.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*",
                "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["owner", "team"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*",
                "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": ["owner", "team"]}}}"#,
        )],
        fix: "Write `ForAnyValue`, or add `\"Null\": {<key>: \"false\"}`.",
        source: "S3.13.2",
    },
    ..Rule::DEFAULT
};

pub(crate) const NEGATED: Rule = Rule {
    code: "CND104",
    name: "foranyvalue-negated",
    severity: Severity::Medium,
    check: Check::Statement(negated),
    doc: Doc {
        what: "An Allow tests a key with `ForAnyValue` and a negated operator.",
        why: "It asks whether some value is not in the list, not whether none is: one harmless value lets all others through.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*",
                "Condition": {"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["owner"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": ["owner"]}}}"#,
        )],
        fix: "Write `ForAllValues` with the same operator and test that the key is there, or deny what is listed.",
        source: "S3.13.5",
    },
    ..Rule::DEFAULT
};

fn single(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    for test in tests(statement).filter(|test| is_for_all(*test)) {
        if reference.key(test.key()).is_some_and(|key| key.arity() == Arity::One) {
            let sentence = format!(
                "`{}` has one value: all that `ForAllValues` does is to match requests without it",
                test.key()
            );
            findings.add(test.operator.span, sentence).help(format!("write `{}`", without_quantifier(test)));
        }
    }
}

fn denies(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Deny {
        return;
    }
    for test in tests(statement).filter(|test| {
        is_for_all(*test) && !test.operator.value.name.is_negated() && !demands(statement, test.key())
    }) {
        let sentence = format!("every request without `{}` is denied", test.key());
        findings.add(test.operator.span, sentence).saying("holds when there is no value");
    }
}

fn negated(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    for test in tests(statement) {
        let any = test.operator.value.quantifier == Some(SetQuantifier::ForAnyValue);
        if any && test.operator.value.name.is_negated() {
            let sentence =
                format!("one value of `{}` outside the list is enough, whatever the others are", test.key());
            findings.add(test.operator.span, sentence);
        }
    }
}

fn is_for_all(test: KeyTest<'_>) -> bool {
    test.operator.value.quantifier == Some(SetQuantifier::ForAllValues)
}

fn without_quantifier(test: KeyTest<'_>) -> String {
    polsim_policy::Operator { quantifier: None, ..test.operator.value }.to_string()
}
