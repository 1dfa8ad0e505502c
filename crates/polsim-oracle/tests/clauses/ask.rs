//! Short questions for the tests: the form of the vectors (S7.2, S7.3), with the usual parts filled in.

use polsim_oracle::{Readings, vectors};
use serde_json::{Value, json};

/// User bob of account 1 reads `data/k` of his account.
pub(crate) fn bob(context: Value) -> Value {
    let principal =
        json!({"kind": "user", "arn": "arn:aws:iam::111111111111:user/bob", "account": "111111111111"});
    request(principal, "s3:GetObject", "arn:aws:s3:::data/k", context)
}

/// A session of role app of account 1 reads `data/k`.
pub(crate) fn app() -> Value {
    let principal = json!({"kind": "role-session", "arn": "arn:aws:sts::111111111111:assumed-role/app/i-1",
        "role_arn": "arn:aws:iam::111111111111:role/app", "account": "111111111111"});
    request(principal, "s3:GetObject", "arn:aws:s3:::data/k", json!({}))
}

/// A request for a resource of account 1.
pub(crate) fn request(principal: Value, action: &str, resource: &str, context: Value) -> Value {
    json!({"principal": principal, "action": action, "resource": resource, "resource_account": "111111111111",
        "context": context})
}

/// `base` with some members replaced.
pub(crate) fn with(mut base: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("members are an object") };
    base.as_object_mut().unwrap().extend(members);
    base
}

/// A policy of 2012-10-17 with one statement.
pub(crate) fn policy(statement: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

/// Allows everything, without principal.
pub(crate) fn allow_all() -> Value {
    policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}))
}

/// Allows everything under a condition.
pub(crate) fn allow_if(condition: Value) -> Value {
    policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}))
}

/// A resource-type statement about `data/k` and everything else.
pub(crate) fn grant(effect: &str, principal: Value) -> Value {
    policy(json!({"Effect": effect, "Principal": principal, "Action": "*", "Resource": "*"}))
}

/// The verdict and the primary cause, or `Invalid`.
pub(crate) fn ask(policies: Value, request: Value) -> String {
    ask_under(policies, request, json!({}), Readings::default())
}

/// As [`ask`], with settings and readings.
pub(crate) fn ask_under(policies: Value, request: Value, settings: Value, readings: Readings) -> String {
    let line =
        json!({"id": "T", "policies": policies, "request": request, "settings": settings, "expect": ""});
    let vector = vectors::read(&line.to_string()).unwrap().remove(0);
    let mut case = vector.subject.unwrap();
    case.settings.readings = readings;
    match polsim_oracle::decide(&case) {
        Ok(decision) => [Some(decision.verdict.as_str().to_string()), decision.primary]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        Err(_) => "Invalid".to_string(),
    }
}
