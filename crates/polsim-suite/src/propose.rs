//! A first suite: claims that may hold of an environment, as cases to be tried.
//!
//! What is proposed is read off the policies: that what a Deny is about is denied, that what an Allow is about is allowed,
//! that nobody who is not signed in gets anything, that nobody without an Allow gets what is dangerous. Whether it holds
//! is for the prover; whoever calls keeps those that do.

use polsim_env::environment::Role;
use polsim_env::{Environment, Hang};
use polsim_policy::{Effect, Element, Statement};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Actions that few should have.
const DANGEROUS: [(&str, &str); 4] = [
    ("changes who may do what", "iam:*"),
    ("changes the organization", "organizations:*"),
    ("deletes buckets", "s3:DeleteBucket"),
    ("deletes keys", "kms:ScheduleKeyDeletion"),
];

/// Cases for an environment, each as an entry of the list `cases`. Of each group the first that holds is enough.
#[must_use]
pub fn propose(environment: &Environment) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    let mut names = Names::default();
    for hung in environment.policies() {
        for (at, statement) in hung.policy.statements.iter().enumerate() {
            let sid = statement.sid.as_ref().map(|sid| sid.value.0.clone());
            let sid = sid.filter(|sid| !sid.is_empty()).unwrap_or_else(|| format!("statement {}", at + 1));
            let group = of_statement(environment, &hung.name, &sid, statement, &hung.hangs_on);
            groups.extend(group.into_iter().map(|alternatives| names.cases(alternatives)));
        }
    }
    let signs = |role: Role| !matches!(role, Role::Provider | Role::Root);
    for principal in environment.principals().iter().filter(|principal| signs(principal.role)) {
        for (what, action) in DANGEROUS {
            let asked = json!({ "principal": principal.name, "action": action, "resource": "*" });
            let name = format!("{} never {what}", principal.name);
            groups.push(names.cases(vec![Proposal::all(name, asked, "deny")]));
        }
    }
    for resource in environment.resources() {
        let arn = &resource.arn;
        let asked = json!({ "principal": "anonymous", "action": "*", "resource": [arn, format!("{arn}/*")] });
        let name = format!("nobody gets at {} without signing in", resource.name);
        groups.push(names.cases(vec![Proposal::all(name, asked, "deny")]));
    }
    groups
}

/// A case before it has a name of its own.
struct Proposal {
    name: String,
    kind: &'static str,
    asked: Value,
    expect: &'static str,
}

impl Proposal {
    fn all(name: String, asked: Value, expect: &'static str) -> Self {
        Self { name, kind: "for all", asked, expect }
    }
}

/// Names that were given away.
#[derive(Default)]
struct Names(std::collections::BTreeSet<String>);

impl Names {
    /// The texts of alternatives, of which one will be in the suite, so that they can share a name.
    fn cases(&mut self, alternatives: Vec<Proposal>) -> Vec<String> {
        let first = alternatives.first().map(|proposal| proposal.name.clone()).unwrap_or_default();
        let mut name = first.clone();
        let mut number = 1;
        while !self.0.insert(name.clone()) {
            number += 1;
            name = format!("{first} ({number})");
        }
        alternatives.iter().map(|proposal| proposal.text(&name)).collect()
    }
}

impl Proposal {
    /// JSON is YAML, so that no quoting of our own is needed.
    fn text(&self, name: &str) -> String {
        let mut text = format!("  - name: {}\n    {}:\n", Value::from(name), self.kind);
        for (field, value) in self.asked.as_object().into_iter().flatten() {
            let _ = writeln!(text, "      {field}: {value}");
        }
        let _ = writeln!(text, "    expect: {}", self.expect);
        text
    }
}

fn of_statement(
    environment: &Environment,
    policy: &str,
    sid: &str,
    statement: &Statement,
    hangs_on: &[Hang],
) -> Option<Vec<Proposal>> {
    // Variables of IAM stand for something else in each request.
    let resources = match &statement.resource {
        Some(Element::Is(resources)) => {
            resources.value.iter().map(|resource| resource.value.clone()).collect::<Vec<_>>()
        }
        Some(Element::Not(_)) | None => vec!["*".to_owned()],
    };
    if resources.iter().any(|resource| resource.contains("${")) {
        return None;
    }
    let actions = match &statement.action {
        Element::Is(actions) => actions.value.iter().map(|action| action.value.to_string()).collect(),
        Element::Not(_) => vec!["*".to_owned()],
    };
    let limits = limits(statement);
    // The policy of an endpoint binds what goes through it.
    let via: Vec<&str> = hangs_on
        .iter()
        .filter_map(|hang| if let Hang::Endpoint(name) = hang { Some(name.as_str()) } else { None })
        .collect();
    let asked = |principal: &str, with_limits: bool| {
        let mut asked = json!({ "principal": principal, "action": actions, "resource": resources });
        if let (true, Some(asked), false) = (with_limits, asked.as_object_mut(), limits.is_empty()) {
            asked.insert("where".to_owned(), Value::Object(limits.clone()));
        }
        if let (Some(asked), false) = (asked.as_object_mut(), via.is_empty()) {
            asked.insert("via".to_owned(), json!(via));
        }
        asked
    };
    let mut who: Vec<String> = hangs_on
        .iter()
        .filter_map(|hang| match hang {
            Hang::Principal(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    who.extend((who.is_empty()).then(|| "*".to_owned()));
    if who == ["*"] {
        who.extend(environment.principals().iter().map(|principal| principal.name.clone()));
    }
    let mut proposals = Vec::new();
    match statement.effect.value {
        Effect::Deny => {
            let name = format!("{policy}: {sid} denies");
            let all = who.iter().map(|who| Proposal::all(name.clone(), asked(who, true), "explicit-deny"));
            proposals.extend(all);
        }
        Effect::Allow => {
            let name = format!("{policy}: {sid} allows");
            for who in &who {
                proposals.push(Proposal::all(name.clone(), asked(who, true), "allow"));
            }
            for who in &who {
                let asked = asked(who, false);
                proposals.push(Proposal { name: name.clone(), kind: "some", asked, expect: "allow" });
            }
        }
    }
    Some(proposals)
}

/// The conditions of a statement, as a case says them.
fn limits(statement: &Statement) -> serde_json::Map<String, Value> {
    let mut limits = serde_json::Map::new();
    for block in &statement.condition.blocks {
        for key in &block.keys {
            let values: Vec<&str> = key.values.iter().map(|value| value.value.text.as_str()).collect();
            let of_key = limits.entry(key.key.value.as_str().to_owned()).or_insert_with(|| json!({}));
            if let Some(of_key) = of_key.as_object_mut() {
                of_key.insert(block.operator.value.to_string(), json!(values));
            }
        }
    }
    limits
}
