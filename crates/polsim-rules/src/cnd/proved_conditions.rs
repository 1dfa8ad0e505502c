//! Conditions that never hold, and tests that always do.
//!
//! A condition is judged by itself: the statement is asked about with every action, every resource and every principal.

use super::unreadable_values::reads;
use crate::keys::{Family, KeyTest, is_placeholder, tests};
use polsim_arn::ActionPattern;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject};
use polsim_policy::{
    Condition, Effect, Element, KeyBlock, OperatorBlock, Policy, PolicyType, Principal, Statement, Version,
};
use polsim_prove::{Expectation, Region};
use polsim_text::Spanned;
use polsim_value::{AddressRange, AddressSet};

/// More tests than a condition has; beyond it the culprits are not looked for.
const MOST: usize = 24;

pub(crate) const NEVER: Rule = Rule {
    code: "CND107",
    name: "unsatisfiable-condition",
    severity: Severity::High,
    phase: Phase::Prover,
    check: Check::Statement(never),
    doc: Doc {
        what: "No request meets all tests of a condition.",
        why: "Tests of one condition must all hold: an Allow with such a condition grants nothing, a Deny guards nothing.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"Null": {"aws:SourceVpce": "true"},
                              "StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        fix: "Put alternatives into statements of their own, or into one list of values.",
        source: "S3.1.1, S5.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const ALWAYS: Rule = Rule {
    code: "CND108",
    name: "tautological-condition",
    severity: Severity::High,
    phase: Phase::Prover,
    check: Check::Statement(always),
    doc: Doc {
        what: "A test of a condition holds of every request, or of every IP address.",
        why: "It looks like a limit and is none. `medium` in a Deny.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: "Remove the test, or write the limit that was meant.",
        source: "S3.1, S3.9, S5.3",
    },
    ..Rule::DEFAULT
};

fn never(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let tests: Vec<KeyTest<'_>> = tests(statement).collect();
    if tests.len() > MOST || !may_conflict(&tests) || tests.iter().any(|test| is_explained(*test)) {
        return;
    }
    let Some(confidence) = never_holds(subject, &tests) else { return };
    // What can be left out without a request meeting the rest has no part in it.
    let mut culprits = tests.clone();
    for test in &tests {
        let is_it = |other: &KeyTest<'_>| std::ptr::eq(other.block, test.block);
        let rest: Vec<_> = culprits.iter().copied().filter(|other| !is_it(other)).collect();
        if !rest.is_empty() && never_holds(subject, &rest).is_some() {
            culprits = rest;
        }
    }
    let Some((first, others)) = culprits.split_first() else { return };
    let name = subject.name(statement);
    let sentence = match others {
        [] => format!("`{}` never holds: {name} applies to no request", first.key()),
        _ => format!("these tests never hold together: {name} applies to no request"),
    };
    let finding = findings.add(first.block.key.span, sentence);
    finding.confidence(confidence);
    for other in others {
        finding.also(other.block.key.span, "excludes it");
    }
}

fn always(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| !is_explained(*test)) {
        if let Some(family) = whole_family(test) {
            let sentence = format!("every {family} address is in these ranges");
            let finding = findings.add(test.block.key.span, sentence);
            if statement.effect.value == Effect::Deny {
                finding.severity(Severity::Medium);
            }
            continue;
        }
        if !may_be_tautology(test) {
            continue;
        }
        let judge = Judge::new(&policy(subject, Effect::Deny, &[test]));
        let Some(confidence) = judge.holds(&Region::default(), Expectation::ExplicitDeny) else { continue };
        let sentence = format!("the test of `{}` holds of every request", test.key());
        let finding = findings.add(test.block.key.span, sentence);
        finding.confidence(confidence);
        if statement.effect.value == Effect::Deny {
            finding.severity(Severity::Medium);
            continue;
        }
        let whole = Judge::new(&subject.policy_of([statement]));
        if let Some(witness) = whole.counterexample(&Region::default(), Expectation::Deny) {
            finding.witness(&witness.request);
        }
    }
}

/// Whether it is worth asking: two tests are of one key, or two are of global keys, which may hang together (S5.5).
/// Tags and the keys of services are free.
fn may_conflict(tests: &[KeyTest<'_>]) -> bool {
    let is_bound = |test: &&KeyTest<'_>| {
        let key = test.key();
        key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) && !key.contains('/')
    };
    let mut pairs = tests.iter().enumerate();
    tests.iter().filter(is_bound).count() > 1
        || pairs.any(|(at, test)| tests.iter().skip(at + 1).any(|other| other.is(test.key())))
}

/// Whether another rule says why the test comes out as it does: a value cannot be read or is to be filled in.
fn is_explained(test: KeyTest<'_>) -> bool {
    let is_short = |text: &str| test.family() == Family::Arn && text.split(':').count() < 6;
    test.texts().any(|text| is_placeholder(text) || is_short(text) || !reads(test, text))
}

/// The family of addresses all of which are in the ranges of a test.
fn whole_family(test: KeyTest<'_>) -> Option<&'static str> {
    if test.family() != Family::Ip {
        return None;
    }
    let ranges = test.texts().filter_map(AddressRange::read);
    let all = ranges.fold(AddressSet::none(), |all, (range, _)| all.or(&AddressSet::in_range(range)));
    let is_whole = |family: &str| {
        let family = AddressRange::read(family).map(|(range, _)| AddressSet::in_range(range));
        family.is_some_and(|family| family.and(&all.not()).is_empty())
    };
    if is_whole("0.0.0.0/0") {
        return Some("IPv4");
    }
    is_whole("::/0").then_some("IPv6")
}

/// A test that is true of a missing key, or of a key that is always there, may be true of all requests; tests of whole
/// values for equality and of sets are not worth asking about.
fn may_be_tautology(test: KeyTest<'_>) -> bool {
    let can_miss = polsim_reference::Presence::of(test.key()) != polsim_reference::Presence::Always;
    let holds_of_missing = test.holds_without_key();
    let is_wide = test.texts().any(|text| text.contains(['*', '/']) || text.len() <= 2)
        || matches!(test.family(), Family::Numeric | Family::Bool | Family::Null);
    (holds_of_missing || !can_miss) && is_wide
}

/// How sure it is that no request meets all of the tests.
fn never_holds(subject: &Subject<'_>, tests: &[KeyTest<'_>]) -> Option<Confidence> {
    let judge = Judge::new(&policy(subject, Effect::Allow, tests));
    judge.holds(&Region::default(), Expectation::Deny)
}

/// A policy that speaks of everything under these tests.
fn policy(subject: &Subject<'_>, effect: Effect, tests: &[KeyTest<'_>]) -> Policy {
    let Policy { version, span, .. } = *subject.policy();
    let blocks = tests.iter().map(|test| OperatorBlock {
        operator: Spanned::new(test.operator.value, test.operator.span),
        keys: vec![KeyBlock { key: test.block.key.clone(), values: test.block.values.clone() }],
    });
    let actions = ActionPattern::parse("*").ok().map(|action| Spanned::new(action, span));
    let statement = Statement {
        sid: None,
        effect: Spanned::new(effect, span),
        principal: Some(Element::Is(Spanned::new(Principal::Everyone, span))),
        action: Element::Is(Spanned::new(actions.into_iter().collect(), span)),
        resource: Some(Element::Is(Spanned::new(vec![Spanned::new("*".to_owned(), span)], span))),
        condition: Condition { blocks: blocks.collect() },
        span,
    };
    let version = version.or(Some(Spanned::new(Version::V2008, span)));
    Policy { policy_type: PolicyType::Resource, version, id: None, statements: vec![statement], span }
}
