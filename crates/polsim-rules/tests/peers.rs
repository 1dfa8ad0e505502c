//! The rules about actions, resources and conditions beside what parliament and Access Analyzer find.
//!
//! The file is no part of the repository. It is looked for in the folder `lint` of a folder `shared` beside the
//! checkout; when that is absent the test says so and passes.

#![expect(clippy::disallowed_methods, reason = "the cases are a file that is there")]

use polsim_lint::{Linter, Rule, Selection, Settings, Text};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const FAMILIES: [&str; 3] = ["ACT", "ARN", "CND"];

/// What a peer finds and we say otherwise, or not at all.
const DIFFERENT: [(&str, &str); 3] = [
    ("RESOURCE_MISMATCH", "parliament looks at every action that a pattern matches"),
    ("INVALID_ARN", "parliament reads the template of CloudFormation as a resource"),
    ("INVALID_ACTION", "Access Analyzer does not look at a document that is not JSON"),
];

fn names<'r>(rule: &'r Rule, origin: &'r str) -> impl Iterator<Item = &'static str> + 'r {
    rule.aliases.iter().filter(move |alias| alias.origin.prefix() == origin).map(|alias| alias.name)
}

#[test]
fn what_peers_find_is_found() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lint/cases.jsonl");
    let Ok(cases) = std::fs::read_to_string(&file) else {
        println!("{} is absent; nothing was tested", file.display());
        return;
    };
    let all: Vec<&Rule> = polsim_rules::all();
    let ours: Vec<&'static Rule> =
        polsim_rules::all().into_iter().filter(|rule| FAMILIES.contains(&rule.family())).collect();
    assert!(ours.len() > 60);
    let linter = Linter::new(&ours, &Selection::default());
    let (mut tested, mut wrong) = (0, Vec::new());
    for line in cases.lines() {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        let origin = match row["scope"].as_str() {
            Some("parliament") => "parliament",
            Some("access-analyzer") => "aws",
            _ => continue,
        };
        let id = row["id"].as_str().unwrap_or_default();
        let policy_type = match row["resource_type"].as_str().or(row["policy_type"].as_str()) {
            Some("s3-access-point") => PolicyType::AccessPoint,
            Some("kms-key") => PolicyType::Kms,
            Some(word) => word.parse().unwrap_or(PolicyType::Resource),
            None => PolicyType::Identity,
        };
        let mut settings = Settings::default();
        if let Some(carrier) = row["resource_type"].as_str() {
            // Kinds of resource that no rule asks for are no setting.
            let _ = settings.set("carrier", carrier);
        }
        let source = Source::new(id, row["policy"].as_str().unwrap_or_default());
        let text = Text::parse(source, policy_type, &Limits::default()).with(settings);
        let found = linter.lint(&text);
        let expected: BTreeSet<&str> = row["expected"]
            .as_array()
            .expect("a row has expectations")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let is_ours = |name: &str| ours.iter().any(|rule| names(rule, origin).any(|alias| alias == name));
        let is_different = |name: &str| DIFFERENT.iter().any(|(other, _)| *other == name);
        for name in expected.iter().filter(|name| is_ours(name) && !is_different(name)) {
            tested += 1;
            if !found.iter().any(|found| names(found.rule, origin).any(|alias| alias == *name)) {
                wrong.push(format!("{id}: {name} is missing"));
            }
        }
        if row["match"] != "exact" {
            continue;
        }
        for found in &found {
            let aliases: Vec<_> = names(found.rule, origin).filter(|name| !is_different(name)).collect();
            if !aliases.is_empty() && !aliases.iter().any(|alias| expected.contains(alias)) {
                wrong.push(format!("{id}: {} too much: {}", found.rule.code, found.finding.sentence));
            }
        }
    }
    println!("{tested} expectations");
    assert!(tested > 10 && wrong.is_empty(), "{wrong:#?}");
}
