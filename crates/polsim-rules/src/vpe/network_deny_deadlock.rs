//! VPE007: tests of the network that no request can pass together.

use crate::keys::{KeyTest, NETWORK, has_test_of, tests};
use crate::never::applies_to_nothing;
use polsim_arn::ActionPattern;
use polsim_eval::{Answer, Formula, Operand, Polarity, Quantifier, Test, Variable};
use polsim_lint::{Check, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{
    Condition, ConditionKey, Effect, Element, OperatorBlock, PolicyType, Principal, Statement,
};
use polsim_prove::{Expectation, Region};
use polsim_text::Spanned;
use polsim_value::{Sort, ValueSet};

pub(crate) const RULE: Rule = Rule {
    code: "VPE007",
    name: "network-deny-deadlock",
    severity: Severity::High,
    applies: Types::IDENTITY.and(Types::RESOURCE).and(Types::ENDPOINT).and(Types::SCP).and(Types::RCP),
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "Two Denies demand different networks, so that no request escapes both; or one statement demands an address and an endpoint at once.",
        why: "A request through a VPC endpoint carries no `aws:SourceIp`, one from elsewhere carries no `aws:SourceVpce`, and each passes one endpoint only. “From here or from there” has to be one Deny with both tests: they hold together only for requests from neither.",
        bad: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
                   {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"NotIpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"},
                              "StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        fix: "Put both tests into one Deny, or two Allows.",
        source: "S3.1.1, S4.2, I1, I2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let guarded = |statement: &&Statement| has_test_of(statement, &NETWORK);
    for statement in subject.statements().iter().filter(guarded) {
        if demands_two_ways(subject, statement) {
            let sentence = format!(
                "{} demands an address outside of VPC endpoints and an endpoint at once",
                subject.name(statement)
            );
            findings
                .add(subject.opening(statement), sentence)
                .help("requests through an endpoint carry no aws:SourceIp; make two statements of it");
        }
    }
    let denies: Vec<&Statement> =
        subject.of(Effect::Deny).filter(guarded).filter(|deny| is_about_everyone(deny)).collect();
    for (at, second) in denies.iter().enumerate() {
        let first = denies.iter().take(at).find(|first| are_deadlocked(subject, first, second));
        let Some(first) = first else { continue };
        let sentence =
            format!("no request escapes both {} and {}", subject.name(first), subject.name(second));
        findings
            .add(subject.opening(second), sentence)
            .saying("demands one network")
            .also(subject.opening(first), "demands another one")
            .help("put both tests into one Deny: it then spares requests from either");
    }
}

/// Whether a statement never applies because it tests `aws:SourceIp` beside the keys of endpoints.
fn demands_two_ways(subject: &Subject<'_>, statement: &Statement) -> bool {
    let (address, endpoint) = NETWORK.split_at(1);
    if !has_test_of(statement, address) || !has_test_of(statement, endpoint) {
        return false;
    }
    applies_to_nothing(subject, statement).is_some()
        && applies_to_nothing(subject, &without(statement, address)).is_none()
}

/// A statement without its tests of some keys.
pub(crate) fn without(statement: &Statement, keys: &[&str]) -> Statement {
    let kept = tests(statement).filter(|test| !test.is_of(keys));
    let blocks =
        kept.map(|KeyTest { operator, block }| OperatorBlock { operator, keys: vec![block.clone()] });
    Statement { condition: Condition { blocks: blocks.collect() }, ..statement.clone() }
}

/// Whether every request that both Denies are about is denied by one of them, and neither does it alone.
fn are_deadlocked(subject: &Subject<'_>, first: &Statement, second: &Statement) -> bool {
    // What both are about: an Allow of what the first one is about, less what the second one is not about.
    let plain = |statement: &Statement| Statement { condition: Condition::default(), ..statement.clone() };
    let mut about = plain(first);
    about.effect.value = Effect::Allow;
    let mut outside = Vec::new();
    let mut actions = plain(second);
    actions.action = negated(&second.action);
    actions.resource = second.resource.as_ref().map(|resource| everything(resource, "*".to_owned()));
    outside.push(actions);
    if let Some(resource) = &second.resource
        && let Ok(any) = ActionPattern::parse("*")
    {
        let mut resources = plain(second);
        resources.action = everything(&second.action, any);
        resources.resource = Some(negated(resource));
        outside.push(resources);
    }
    let all_denied = |denies: &[&Statement]| {
        let statements = std::iter::once(&about).chain(&outside).chain(denies.iter().copied());
        let mut judge = Judge::new(&subject.policy_of(statements));
        let region = Region { keys: readable_addresses(&mut judge), ..Region::default() };
        judge.holds(&region, Expectation::Deny).is_some()
    };
    all_denied(&[first, second]) && !all_denied(&[first]) && !all_denied(&[second])
}

/// That the keys of addresses hold addresses when they are there; an empty one would escape every test.
fn readable_addresses(judge: &mut Judge) -> Vec<Formula> {
    let keys = ["aws:SourceIp", "aws:VpcSourceIp"].into_iter().filter_map(ConditionKey::new);
    let tests = keys.map(|key| Test {
        variable: Variable::Key(judge.model.key_id(&key)),
        quantifier: Quantifier::Single,
        operand: Operand::Closed(ValueSet::none(Sort::Address).not()),
        absent: Answer::Fixed(true),
        empty: Answer::Fixed(false),
        polarity: Polarity::Positive,
    });
    tests.map(Formula::test).collect()
}

fn negated<T: Clone>(element: &Element<T>) -> Element<T> {
    match element {
        Element::Is(listed) => Element::Not(listed.clone()),
        Element::Not(listed) => Element::Is(listed.clone()),
    }
}

fn everything<T>(like: &Element<Vec<Spanned<T>>>, any: T) -> Element<Vec<Spanned<T>>> {
    let span = like.span();
    Element::Is(Spanned::new(vec![Spanned::new(any, span)], span))
}

fn is_about_everyone(statement: &Statement) -> bool {
    match &statement.principal {
        None => true,
        Some(Element::Is(listed)) => match &listed.value {
            Principal::Everyone => true,
            Principal::Entries(entries) => entries.iter().any(|entry| entry.value.value == "*"),
        },
        Some(Element::Not(_)) => false,
    }
}
