//! VPE013: an endpoint that serves strangers.

use super::open_allow::is_open;
use crate::s3r::bucket_grammar::STRANGER;
use crate::s3r::stranger::STRANGERS_ORGANIZATION;
use polsim_eval::{KeyState, Principal};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{ConditionKey, Effect, PolicyType, Statement};
use polsim_prove::{Expectation, PrincipalRegion, Region};

pub(crate) const RULE: Rule = Rule {
    code: "VPE013",
    name: "endpoint-open-identities",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    applies: Types::ENDPOINT,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "The policy of a VPC endpoint lets principals of any account through, to resources that are not a closed list.",
        why: "Who brings the keys of an account of their own into the VPC can use them there, to carry data out. A URL that a stranger signed works as well.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Test `aws:PrincipalOrgID` or `aws:PrincipalAccount`.",
        source: "S4.11.5, S4.11.6",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow || !is_open(statement, subject) {
        return;
    }
    let Some(stranger) = Principal::read(&format!("arn:aws:iam::{STRANGER}:user/evil")) else { return };
    let denies = subject.lawful().statements.iter().filter(|other| other.effect.value == Effect::Deny);
    let mut judge = Judge::new(&subject.policy_of(std::iter::once(statement).chain(denies)));
    let mut region = Region { principal: PrincipalRegion::One(Box::new(stranger)), ..Region::default() };
    let path = format!("{STRANGERS_ORGANIZATION}/r-evil/ou-evil-00000000/");
    let states = [
        ("aws:PrincipalOrgID", KeyState::One(STRANGERS_ORGANIZATION.to_owned())),
        ("aws:PrincipalOrgPaths", KeyState::List(vec![path])),
    ];
    for (name, state) in states {
        if let Some(key) = ConditionKey::new(name) {
            region.state(&mut judge.model, &key, state);
        }
    }
    let Some(witness) = judge.counterexample(&region, Expectation::Deny) else { return };
    let sentence = format!("{} lets principals of any account through", subject.name(statement));
    findings
        .add(subject.opening(statement), sentence)
        .witness(&witness.request)
        .help("test aws:PrincipalOrgID or aws:PrincipalAccount");
}
