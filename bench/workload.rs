//! The workloads of `data/`: policies by layer, requests, and what a reference evaluator expects.

use polsim_arn::ActionName;
use polsim_eval::{Context, KeyState, Layers, Model, NetworkPath, PolicyId, Principal, Request, Unstated, Verdict};
use polsim_policy::{ConditionKey, PolicyType};
use polsim_text::{Limits, Source};
use serde_json::Value;

/// A workload.
pub struct Workload {
    pub json: Value,
    pub model: Model,
    pub layers: Layers,
    pub requests: Vec<Request>,
    pub expected: Vec<Verdict>,
}

impl Workload {
    /// Reads a file of `data/`.
    pub fn read(name: &str) -> Self {
        let path = format!("{}/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut model = Model::new();
        let given = &json["layers"];
        let list = |model: &mut Model, policies: &Value, policy_type| -> Vec<PolicyId> {
            let policies = policies.as_array().map(Vec::as_slice).unwrap_or_default();
            policies.iter().map(|policy| add(model, policy, policy_type)).collect()
        };
        let optional = |ids: Vec<PolicyId>| Some(ids).filter(|ids| !ids.is_empty());
        let levels: Vec<Vec<PolicyId>> = given["scp"]
            .as_array()
            .unwrap()
            .iter()
            .map(|level| list(&mut model, level, PolicyType::Scp))
            .collect();
        let layers = Layers {
            identity: list(&mut model, &given["identity"], PolicyType::Identity),
            boundary: optional(list(&mut model, &given["boundary"], PolicyType::Boundary)),
            scps: Some(levels).filter(|levels| !levels.is_empty()),
            resource: given["resource"].is_object().then(|| add(&mut model, &given["resource"], PolicyType::Resource)),
            endpoint: list(&mut model, &given["endpoint"], PolicyType::Endpoint).first().copied(),
            ..Layers::default()
        };
        let requests: Vec<Request> =
            json["requests"].as_array().unwrap().iter().map(|r| request(r, layers.endpoint.is_some())).collect();
        let expected = json["requests"].as_array().unwrap().iter().map(|r| match r["expect"].as_str().unwrap() {
            "Allow" => Verdict::Allowed,
            "Deny" => Verdict::ExplicitlyDenied,
            _ => Verdict::ImplicitlyDenied,
        });
        let expected = expected.collect();
        Self { model, layers, requests, expected, json }
    }
}

fn add(model: &mut Model, policy: &Value, policy_type: PolicyType) -> PolicyId {
    let source = Source::new("workload", policy.to_string());
    let parsed = polsim_policy::parse(&source, policy_type, &Limits::default());
    model.add(parsed.single().unwrap_or_else(|| panic!("{:?}", parsed.problems)))
}

fn request(json: &Value, through_endpoint: bool) -> Request {
    let text = |name: &str| json[name].as_str().unwrap();
    let principal = Principal::read(text("principal")).unwrap();
    let mut request = Request::of(principal, ActionName::parse(text("action")).unwrap());
    request.resource = text("resource").to_owned();
    request.path = if through_endpoint { NetworkPath::Gateway } else { NetworkPath::Direct };
    request.context = Context::new(Unstated::Absent);
    for (key, value) in json["context"].as_object().unwrap() {
        let key = ConditionKey::new(key).unwrap();
        request.context.state(key, KeyState::One(value.as_str().unwrap().to_owned())).unwrap();
    }
    request.complete().unwrap();
    request
}
