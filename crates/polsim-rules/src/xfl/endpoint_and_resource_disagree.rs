//! XFL003: a resource policy counts on an endpoint whose policy lets nothing through to it.

use super::undeclared_endpoint::endpoint_ids;
use polsim_eval::{KeyState, NetworkPath};
use polsim_lint::{Check, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, Element, Policy, PolicyType, Principal, Statement};
use polsim_prove::{Expectation, Region};
use polsim_text::Spanned;

pub(crate) const RULE: Rule = Rule {
    code: "XFL003",
    name: "endpoint-and-resource-disagree",
    severity: Severity::Medium,
    applies: Types::RESOURCE.and(Types::ENDPOINT),
    phase: Phase::Project,
    check: Check::Project(check),
    doc: Doc {
        what: "A resource policy names the endpoint of an endpoint policy of the project, and there is no request \
               through that endpoint which both let pass.",
        why: "Each of the two looks right by itself; together they close the way that they were written for.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )
        .given(&[("endpoint-id", "vpce-0a1b2c3d4e5f60718")])
        .beside(&[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-logs/*"}"#,
        )])],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )
        .given(&[("endpoint-id", "vpce-0a1b2c3d4e5f60718")])
        .beside(&[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )])],
        fix: "Allow in the endpoint policy what the resource policy is for.",
        source: "S4.11",
    },
    ..Rule::DEFAULT
};

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let lawful = || subjects.iter().filter(|subject| subject.is_lawful_whole());
    for endpoint in lawful().filter(|subject| subject.policy_type() == PolicyType::Endpoint) {
        let Some(id) = endpoint.settings().endpoint_id.as_deref() else { continue };
        let Some(first) = endpoint.statements().first() else { continue };
        for subject in lawful().filter(|subject| Types::RESOURCE.contains(subject.policy_type())) {
            let mut named = subject.statements().iter().flat_map(endpoint_ids);
            let Some(place) = named.find(|named| named.value == id) else { continue };
            let judge = Judge::new(endpoint.lawful()).beside(&granting(subject));
            let mut region = Region { paths: vec![NetworkPath::Gateway], ..Region::default() };
            if let Some(key) = judge.model.keys().find("aws:sourcevpce") {
                region.known.push((key, KeyState::One(id.to_owned())));
            }
            region.resources.extend(resources(subject));
            if let Some(confidence) = judge.holds(&region, Expectation::Deny) {
                let sentence = format!("nothing passes both this policy and that of `{id}`");
                findings
                    .add_in(subject.source(), place.span, sentence)
                    .also_in(endpoint.source(), endpoint.opening(first), "the policy of the endpoint")
                    .confidence(confidence);
            }
        }
    }
}

/// The resources that the policy speaks of: those are its own.
fn resources(subject: &Subject<'_>) -> Vec<polsim_arn::Pattern> {
    let elements = subject.statements().iter().filter_map(|statement| statement.resource.as_ref());
    let entries = elements.filter(|element| !element.is_negated()).flat_map(|element| element.listed());
    entries.filter_map(|entry| polsim_arn::ArnPattern::parse(&entry.value)).collect()
}

/// A resource policy as it counts where identity policies allow: one that only denies lets pass what it does not deny.
fn granting(subject: &Subject<'_>) -> Policy {
    let policy = subject.lawful();
    if policy.statements.iter().any(|statement| statement.effect.value == Effect::Allow) {
        return policy.clone();
    }
    let allow = policy.statements.first().map(|first| Statement {
        sid: None,
        effect: Spanned { value: Effect::Allow, span: first.effect.span },
        principal: Some(Element::Is(Spanned { value: Principal::Everyone, span: first.span })),
        action: Element::Not(Spanned { value: Vec::new(), span: first.span }),
        resource: Some(Element::Not(Spanned { value: Vec::new(), span: first.span })),
        condition: polsim_policy::Condition::default(),
        span: first.span,
    });
    subject.policy_of(policy.statements.iter().chain(&allow))
}
