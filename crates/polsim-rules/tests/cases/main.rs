//! The cases of `cases.jsonl`, each within its scope.
//!
//! What a line expects of rules that do not exist is counted as “not yet”, and only that: the list is computed. Where we
//! judge otherwise than the checker whose case it is, `OTHERWISE` says why.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use polsim_lint::{Carrier, Linter, Rule, Selection, Selector, Settings, Text};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Lines on which we judge otherwise than the checker whose test they are, and why.
const OTHERWISE: [(&str, &str); 4] = [
    (
        "parliament/test_advanced_policy_elements/test_notresource_allow#2",
        "what `NotResource` lists is left out, so that an action does not fit it is no mismatch",
    ),
    (
        "parliament/test_advanced_policy_elements/test_notprincipal_allow#2",
        "the text has a trailing comma, which the reader of parliament takes",
    ),
    (
        "parliament/test_patterns/test_resource_policy_privilege_escalation_at_bucket_level#2",
        "a pattern of actions is meant for those that the resource fits; that it matches others harms nobody",
    ),
    (
        "parliament/test_resources/test_resource_with_sub",
        "the resource is an object of CloudFormation and no text, so it is not an ARN that is wrong",
    ),
];

/// The checks of parliament that run only when its community auditors are asked for.
const COMMUNITY: [&str; 7] = [
    "PRIVILEGE_ESCALATION",
    "CREDENTIALS_EXPOSURE",
    "PERMISSIONS_MANAGEMENT_ACTIONS",
    "SENSITIVE_ACCESS",
    "NOTPRINCIPAL_WITH_ALLOW",
    "NOTRESOURCE_WITH_ALLOW",
    "SINGLE_VALUE_CONDITION_TOO_PERMISSIVE",
];

/// A line of the file.
struct Case {
    id: String,
    scope: String,
    is_exact: bool,
    is_absent: bool,
    expected: BTreeSet<String>,
    with_community: bool,
    text: Text,
}

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/cases.jsonl");
    let lines = std::fs::read_to_string(file).expect("the cases are there");
    lines.lines().map(|line| case(&serde_json::from_str(line).expect("a line is JSON"))).collect()
}

fn case(row: &Value) -> Case {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let carrier: Option<Carrier> = text("resource_type").parse().ok();
    let policy_type = match (text("policy_type").as_str(), carrier) {
        ("vpc-endpoint", _) => PolicyType::Endpoint,
        (_, Some(Carrier::Key)) => PolicyType::Kms,
        (_, Some(Carrier::AccessPoint)) => PolicyType::AccessPoint,
        ("s3-bucket" | "sns-topic", _) => PolicyType::Resource,
        (word, _) => word.parse().unwrap_or_else(|error| panic!("{word}: {error}")),
    };
    let settings = Settings {
        carrier,
        // The note of the line says which endpoint it is.
        endpoint_id: text("notes").contains("--endpoint-id").then(|| "vpce-1a2b3c4d".to_owned()),
        ..Settings::default()
    };
    let expected = row["expected"].as_array().expect("a line expects something").iter();
    Case {
        id: text("id"),
        scope: text("scope"),
        is_exact: row["match"] == "exact",
        is_absent: row["match"] == "absent",
        expected: expected.filter_map(|name| Some(name.as_str()?.to_owned())).collect(),
        with_community: row.pointer("/native/community_auditors") == Some(&Value::Bool(true)),
        text: Text::parse(Source::new(text("id"), text("policy")), policy_type, &Limits::default())
            .with(settings),
    }
}

/// What a rule is called within a scope.
fn names(rule: &Rule, scope: &str) -> Vec<&'static str> {
    let of = |prefix: &str| {
        let aliases = rule.aliases.iter().filter(move |alias| alias.origin.prefix() == prefix);
        aliases.map(|alias| alias.name).collect::<Vec<_>>()
    };
    match scope {
        "parliament" => of("parliament"),
        "access-analyzer" => of("aws"),
        "polsim-rule" => [of("aws"), vec![rule.code]].concat(),
        _ => Vec::new(),
    }
}

#[test]
fn every_case_comes_out_right_within_its_scope() {
    let all = polsim_rules::all();
    let linter = Linter::new(&all, &Selection { select: vec![Selector::All], ignore: Vec::new() });
    let (mut tested, mut not_yet, mut wrong) = (0, Vec::new(), Vec::new());
    for case in cases() {
        let known: BTreeSet<&str> = all.iter().flat_map(|rule| names(rule, &case.scope)).collect();
        let alone = linter.lint(&case.text);
        let together = linter.lint_project(std::slice::from_ref(&case.text));
        let mut found: BTreeSet<&str> =
            alone.iter().chain(&together).flat_map(|found| names(found.rule, &case.scope)).collect();
        if case.scope == "parliament" && !case.with_community {
            found.retain(|name| !COMMUNITY.contains(name));
        }
        let is_known = |name: &&String| known.contains(name.as_str());
        let (expected, unknown): (Vec<_>, Vec<_>) = case.expected.iter().partition(is_known);
        if !unknown.is_empty() {
            not_yet.push(format!("{}: {unknown:?}", case.id));
        }
        let mut faults = Vec::new();
        for name in expected {
            tested += 1;
            if found.contains(name.as_str()) == case.is_absent {
                faults.push(format!("{name} is {}", if case.is_absent { "too much" } else { "missing" }));
            }
        }
        if case.is_exact {
            tested += 1;
            let more = found.iter().filter(|name| !case.expected.contains(**name));
            faults.extend(more.map(|name| format!("{name} is too much")));
        }
        let otherwise = OTHERWISE.iter().find(|(id, _)| *id == case.id);
        match otherwise {
            // A line that comes out right has no business in that list.
            Some((id, _)) if faults.is_empty() => wrong.push(format!("{id}: comes out right")),
            Some((id, why)) => println!("{id}: {faults:?}, but {why}"),
            None => {}
        }
        if !faults.is_empty() && otherwise.is_none() {
            wrong.push(format!("{}: {}; found {found:?}", case.id, faults.join(", ")));
        }
    }
    println!("{tested} expectations; of rules that do not exist yet:\n  {}", not_yet.join("\n  "));
    assert!(tested > 0 && wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
