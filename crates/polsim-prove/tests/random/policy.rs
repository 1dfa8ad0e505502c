//! Random policies of every type.

use super::keys::{KEYS, Sort, operands, operators};
use super::numbers::Random;
use super::templates::Variables;
use polsim_policy::{Policy, PolicyType};
use polsim_text::{Limits, Source};
use serde_json::{Map, Value, json};

const ACTIONS: [&str; 10] = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:Get*",
    "s3:*",
    "*",
    "*",
    "kms:Decrypt",
    "sqs:SendMessage",
    "sts:AssumeRole",
    "s3:?etObject",
];
const RESOURCES: [&str; 11] = [
    "*",
    "*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b*",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::*",
    "arn:*:sqs:*:222222222222:*",
    "arn:aws:s3*",
    "arn:aws:kms:*:*:key/*",
    "arn:aws:iam::*:role/*",
];
const PRINCIPALS: [&str; 11] = [
    "*",
    "111111111111",
    "222222222222",
    "arn:aws:iam::111111111111:root",
    "arn:aws-cn:iam::111111111111:root",
    "arn:aws:iam::111111111111:user/bob",
    "arn:aws:iam::111111111111:role/team/app",
    "arn:aws:sts::111111111111:assumed-role/app/s",
    "arn:aws:sts::111111111111:federated-user/fred",
    "AIDAEXAMPLEBOB",
    "AROAEXAMPLEAPP",
];

/// A lawful policy, and its text.
pub(crate) fn policy(random: &mut Random, policy_type: PolicyType, variables: Variables) -> (Policy, String) {
    loop {
        let text = document(random, policy_type, variables).to_string();
        if let Some(policy) = read(&text, policy_type) {
            return (policy, text);
        }
    }
}

/// A lawful policy that is another one but for a statement or an element, and its text.
pub(crate) fn altered(
    random: &mut Random,
    policy_type: PolicyType,
    text: &str,
    variables: Variables,
) -> (Policy, String) {
    loop {
        let mut document: Value = serde_json::from_str(text).unwrap();
        alter(random, &mut document, policy_type, variables);
        let text = document.to_string();
        if let Some(policy) = read(&text, policy_type) {
            return (policy, text);
        }
    }
}

fn read(text: &str, policy_type: PolicyType) -> Option<Policy> {
    let source = Source::new("policy.json", text);
    polsim_policy::parse(&source, policy_type, &Limits::default()).single().cloned()
}

fn alter(random: &mut Random, document: &mut Value, policy_type: PolicyType, variables: Variables) {
    let statements = document["Statement"].as_array_mut().unwrap();
    let at = random.below(statements.len());
    let other = statement(random, policy_type, variables);
    match random.below(6) {
        0 => statements.push(other),
        1 if statements.len() > 1 => {
            statements.remove(at);
        }
        2 => statements.swap(0, at),
        element => {
            let names = ["Action", "Resource", "Condition", "Condition"];
            let name = names[element % names.len()];
            let own = statements[at].as_object_mut().unwrap();
            match (own.contains_key(name), other.get(name)) {
                (_, Some(value)) if name == "Condition" || own.contains_key(name) => {
                    own.insert(name.into(), value.clone());
                }
                (true, None) if name == "Condition" => {
                    own.remove(name);
                }
                _ => {}
            }
        }
    }
}

fn document(random: &mut Random, policy_type: PolicyType, variables: Variables) -> Value {
    let count = 1 + random.below(3);
    let statements: Vec<Value> = (0..count).map(|_| statement(random, policy_type, variables)).collect();
    json!({ "Version": if random.percent(95) { "2012-10-17" } else { "2008-10-17" }, "Statement": statements })
}

fn statement(random: &mut Random, policy_type: PolicyType, variables: Variables) -> Value {
    let denies = policy_type == PolicyType::Rcp || random.percent(40);
    let mut statement = Map::new();
    statement.insert("Effect".into(), if denies { "Deny" } else { "Allow" }.into());
    let has_principal = !matches!(policy_type, PolicyType::Identity | PolicyType::Scp | PolicyType::Boundary);
    if policy_type == PolicyType::Rcp {
        statement.insert("Principal".into(), "*".into());
    } else if has_principal {
        let name = if denies && random.percent(30) { "NotPrincipal" } else { "Principal" };
        statement.insert(name.into(), principal(random));
    }
    let action = if random.percent(15) && policy_type != PolicyType::Rcp { "NotAction" } else { "Action" };
    statement.insert(action.into(), list(random, |random| random.pick(&ACTIONS).into()));
    if policy_type != PolicyType::Trust {
        let resource = if random.percent(15) { "NotResource" } else { "Resource" };
        let entries = list(random, |random| {
            let variable = variables.resource(random);
            variable.unwrap_or_else(|| random.pick(&RESOURCES)).into()
        });
        statement.insert(resource.into(), entries);
    }
    if random.percent(65) {
        statement.insert("Condition".into(), condition(random, variables));
    }
    Value::Object(statement)
}

fn list(random: &mut Random, mut make: impl FnMut(&mut Random) -> Value) -> Value {
    match random.below(20) {
        0..=13 => make(random),
        14..=18 => Value::Array(vec![make(random), make(random)]),
        _ => Value::Array(Vec::new()),
    }
}

fn principal(random: &mut Random) -> Value {
    match random.below(10) {
        0..=3 => "*".into(),
        4 => json!({ "Service": "sns.amazonaws.com" }),
        5 => json!({ "Service": "sns.amazonaws.com", "AWS": random.pick(&PRINCIPALS) }),
        6 => json!({ "CanonicalUser": "c".repeat(64) }),
        7 => json!({ "Federated": "accounts.google.com" }),
        _ => json!({ "AWS": list(random, |random| random.pick(&PRINCIPALS).into()) }),
    }
}

fn condition(random: &mut Random, variables: Variables) -> Value {
    let mut condition = Map::new();
    for _ in 0..[1, 1, 2, 2, 3][random.below(5)] {
        let key = &KEYS[random.below(KEYS.len())];
        let fits = random.percent(85);
        let sorts = [Sort::Text, Sort::Truth, Sort::Number, Sort::Date, Sort::Address, Sort::Arn];
        let sort = if fits { key.sort } else { sorts[random.below(sorts.len())] };
        let (operator, values) = if random.percent(12) {
            ("Null".to_owned(), list(random, |random| random.pick(&["true", "false", "x"]).into()))
        } else {
            let base = random.pick(operators(sort));
            let quantifier = random.pick(&["", "", "", "ForAllValues:", "ForAnyValue:"]);
            let if_exists = if random.percent(25) { "IfExists" } else { "" };
            let values = list(random, |random| {
                let variable = variables.operand(random, sort);
                variable.unwrap_or_else(|| random.pick(operands(sort))).into()
            });
            (format!("{quantifier}{base}{if_exists}"), values)
        };
        let entry = condition.entry(operator).or_insert_with(|| json!({}));
        entry.as_object_mut().unwrap().insert(key.name.into(), values);
    }
    Value::Object(condition)
}
