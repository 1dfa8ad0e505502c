//! Policies and questions from text, for the tests of the prover.

use polsim_arn::{ActionPattern, ArnPattern, Budget, Pattern};
use polsim_eval::{Layer, Layers, Model};
use polsim_policy::{Policy, PolicyType};
use polsim_prove::{Answer, Expectation, Question, Region, Scope};
use polsim_text::{Limits, Source};

pub(crate) fn policy(policy_type: PolicyType, text: &str) -> Policy {
    let source = Source::new("policy.json", text);
    let parsed = polsim_policy::parse(&source, policy_type, &Limits::default());
    parsed.single().unwrap_or_else(|| panic!("unlawful: {:?}", parsed.problems)).clone()
}

pub(crate) fn region(actions: &[&str], resources: &[&str]) -> Region {
    Region {
        actions: actions.iter().map(|action| ActionPattern::parse(action).unwrap()).collect(),
        resources: resources
            .iter()
            .map(|text| ArnPattern::parse(text).unwrap_or_else(|| Pattern::wildcard(text)))
            .collect(),
        ..Region::default()
    }
}

/// Asks about one policy by itself.
pub(crate) fn ask_alone(policy_type: PolicyType, text: &str, region: &Region, expect: Expectation) -> Answer {
    let mut model = Model::new();
    let id = model.add(&policy(policy_type, text));
    let mut layers = Layers::default();
    let layer = match policy_type {
        PolicyType::Identity => Layer::Identity,
        PolicyType::Endpoint => Layer::Endpoint,
        _ => Layer::Resource,
    };
    match layer {
        Layer::Identity => layers.identity = vec![id],
        Layer::Endpoint => layers.endpoint = Some(id),
        _ => layers.resource = Some(id),
    }
    let scope = Scope::Alone(vec![layer]);
    polsim_prove::ask(
        &Question { model: &model, layers: &layers, scope: &scope, region, claim: expect.into() },
        &mut Budget::default(),
    )
}
