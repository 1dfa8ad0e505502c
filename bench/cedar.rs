//! The same statements for Cedar. Action and resource are texts of the context, as Cedar has no wildcards on entities;
//! that saves it the look-up of entities.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, RestrictedExpression,
};
use serde_json::Value;
use std::fmt::Write as _;

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    pub requests: Vec<Request>,
}

fn list(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values.iter().map(|value| value.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap()],
    }
}

fn name(key: &str) -> String {
    key.replace(':', "_")
}

fn any(tests: impl Iterator<Item = String>) -> String {
    format!("({})", tests.collect::<Vec<_>>().join(" || "))
}

fn like(what: &str, values: &[&str]) -> String {
    any(values.iter().map(|value| match value.contains(['*']) {
        true => format!("context.{what} like {value:?}"),
        false => format!("context.{what} == {value:?}"),
    }))
}

fn statement(json: &Value) -> String {
    let mut tests = vec![like("action", &list(&json["Action"])), like("resource", &list(&json["Resource"]))];
    for (operator, keys) in json["Condition"].as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().unwrap() {
            let key = name(key);
            let values = list(values);
            let test = match operator.as_str() {
                "IpAddress" => any(values.iter().map(|v| format!("ip(context.{key}).isInRange(ip({v:?}))"))),
                _ => like(&key, &values),
            };
            tests.push(format!("(context has {key} && {test})"));
        }
    }
    let effect = if json["Effect"] == "Allow" { "permit" } else { "forbid" };
    format!("{effect}(principal, action, resource) when {{ {} }};\n", tests.join(" && "))
}

impl Cedar {
    /// The statements of a policy and the requests of a workload.
    pub fn new(policy: &Value, requests: &Value) -> Self {
        let mut text = String::new();
        for json in policy["Statement"].as_array().unwrap() {
            write!(text, "{}", statement(json)).unwrap();
        }
        let uid = |text: &str| -> EntityUid { text.parse().unwrap() };
        let requests = requests.as_array().unwrap().iter().map(|json| {
            let string = |value: &Value| RestrictedExpression::new_string(value.as_str().unwrap().to_owned());
            let mut pairs =
                vec![("action".to_owned(), string(&json["action"])), ("resource".to_owned(), string(&json["resource"]))];
            pairs.extend(json["context"].as_object().unwrap().iter().map(|(k, v)| (name(k), string(v))));
            let context = Context::from_pairs(pairs).unwrap();
            Request::new(uid("User::\"u\""), uid("Action::\"a\""), uid("Resource::\"r\""), context, None).unwrap()
        });
        let requests = requests.collect();
        Self { authorizer: Authorizer::new(), policies: text.parse().unwrap(), entities: Entities::empty(), requests }
    }

    /// Whether a request is allowed.
    pub fn allows(&self, request: &Request) -> bool {
        self.authorizer.is_authorized(request, &self.policies, &self.entities).decision() == Decision::Allow
    }
}
