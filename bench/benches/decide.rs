//! Decisions a second: polsim, Cedar, iam-rs and a plain loop on the same statements and requests.

use iam_rs::{Arn, ContextValue, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId};
use polsim_bench_peers::cedar::Cedar;
use polsim_bench_peers::measure::{in_turns, print};
use polsim_bench_peers::workload::Workload;
use polsim_eval::{BoundRequest, Case, Chain, Readings, Situation, Verdict};
use serde_json::Value;

const ROUNDS: usize = 31;

/// S2.1 in the shortest way, for the plain loop.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t, mut star) = (0, 0, None);
    loop {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p + 1, t));
            p += 1;
        } else if t < text.len() && p < pattern.len() && (pattern[p] == b'?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if t == text.len() && p == pattern.len() {
            return true;
        } else if let Some((after, from)) = star.filter(|(_, from)| *from < text.len()) {
            star = Some((after, from + 1));
            p = after;
            t = from + 1;
        } else {
            return false;
        }
    }
}

struct Loop {
    statements: Vec<(bool, Vec<String>, Vec<String>)>,
}

impl Loop {
    fn new(policy: &Value) -> Self {
        let list = |value: &Value| -> Vec<String> {
            match value {
                Value::Array(values) => values.iter().map(|value| value.as_str().unwrap().to_owned()).collect(),
                one => vec![one.as_str().unwrap().to_owned()],
            }
        };
        let statements = policy["Statement"].as_array().unwrap();
        let read = |s: &Value| (s["Effect"] == "Allow", list(&s["Action"]), list(&s["Resource"]));
        Self { statements: statements.iter().map(read).collect() }
    }

    /// Without conditions: a lower bound for a loop.
    fn allows(&self, action: &str, resource: &str) -> bool {
        let mut allowed = false;
        for (is_allow, actions, resources) in &self.statements {
            let matches = |list: &[String], text: &str| list.iter().any(|p| glob(p.as_bytes(), text.as_bytes()));
            if matches(actions, action) && matches(resources, resource) {
                if !is_allow {
                    return false;
                }
                allowed = true;
            }
        }
        allowed
    }
}

fn iam_request(json: &Value) -> IAMRequest {
    let text = |name: &str| json[name].as_str().unwrap().to_owned();
    let mut context = iam_rs::Context::new();
    for (key, value) in json["context"].as_object().unwrap() {
        context.insert(key.clone(), ContextValue::String(value.as_str().unwrap().to_owned()));
    }
    let principal = Principal::Aws(PrincipalId::String(text("principal")));
    IAMRequest::new_with_context(principal, text("action"), Arn::parse(&text("resource")).unwrap(), context)
}

/// The policy that the other engines get: the endpoint's where there is one, else the identity's.
fn main_policy(workload: &Workload) -> Value {
    let layers = &workload.json["layers"];
    let endpoint = &layers["endpoint"][0];
    if endpoint.is_object() { endpoint.clone() } else { layers["identity"][0].clone() }
}

fn compare(name: &str, title: &str) -> f64 {
    let workload = Workload::read(name);
    let policy = main_policy(&workload);
    let chains: Vec<Chain> = workload
        .requests
        .iter()
        .map(|request| Chain::of(&Situation::of(request, &workload.layers, false)))
        .collect();
    let bound: Vec<BoundRequest<'_>> = workload
        .requests
        .iter()
        .map(|request| BoundRequest::new(&workload.model, request, Readings::default()))
        .collect();
    let case = |at: usize| Case {
        model: &workload.model,
        layers: &workload.layers,
        chain: &chains[at],
        request: &bound[at],
        is_bounded: workload.layers.boundary.is_some(),
    };
    for (at, expected) in workload.expected.iter().enumerate() {
        assert_eq!(case(at).outcome().verdict(), Some(*expected), "{name} request {at}");
    }
    let count = bound.len();
    let mut polsim =
        || (0..count).filter(|at| case(*at).outcome().verdict() == Some(Verdict::Allowed)).count() as u64;
    if name == "d_chain" {
        let results = in_turns(ROUNDS, &mut [("polsim", count, &mut polsim)]);
        print(title, &results);
        return results[0].1;
    }
    let cedar = Cedar::new(&policy, &workload.json["requests"]);
    for (at, expected) in workload.expected.iter().enumerate() {
        assert_eq!(cedar.allows(&cedar.requests[at]), *expected == Verdict::Allowed, "Cedar, {name} request {at}");
    }
    let plain = Loop::new(&policy);
    let texts: Vec<(&str, &str)> = workload.json["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["action"].as_str().unwrap(), r["resource"].as_str().unwrap()))
        .collect();
    let iam: IAMPolicy = serde_json::from_value(policy).unwrap();
    let evaluator = PolicyEvaluator::with_policies(vec![iam]);
    let iam_requests: Vec<IAMRequest> =
        workload.json["requests"].as_array().unwrap().iter().map(iam_request).collect();
    let few = count.min(100);
    let mut cedar_run = || cedar.requests[..few].iter().filter(|request| cedar.allows(request)).count() as u64;
    let mut iam_run = || iam_requests[..few].iter().filter(|request| evaluator.evaluate(request).is_ok()).count() as u64;
    let mut loop_run = || texts.iter().filter(|(action, resource)| plain.allows(action, resource)).count() as u64;
    let results = in_turns(
        ROUNDS,
        &mut [
            ("polsim", count, &mut polsim),
            ("plain loop, without conditions", count, &mut loop_run),
            ("cedar-policy 4.14", few, &mut cedar_run),
            ("iam-rs 0.8", few, &mut iam_run),
        ],
    );
    print(title, &results);
    results[0].1
}

fn main() {
    let endpoint = compare("a_sagemaker_endpoint", "the guide's endpoint policy, 3 statements, with an identity policy");
    let hundred = compare("b_synth_100", "100 statements, each with a condition");
    let thousand = compare("c_synth_1000", "1,000 statements, each with a condition");
    let chain = compare("d_chain", "identity, boundary, 5 SCP levels, bucket and endpoint policy");
    println!("\n1,000 statements cost {:.1} times what 100 do", thousand / hundred);
    println!("the chain costs {:.1} times what the endpoint policy does", chain / endpoint);
}
