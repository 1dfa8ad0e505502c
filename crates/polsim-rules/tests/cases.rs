//! The cases of the catalogue, as far as they are about rules that exist.
//!
//! The file is no part of the repository. It is looked for in the folder `lint` of a folder `shared` beside the
//! checkout; when that is absent the test says so and passes.

#![expect(clippy::disallowed_methods, reason = "the cases are a file that is there")]

use polsim_lint::{Linter, Selection, Text};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn policy_type(word: &str) -> PolicyType {
    match word {
        "vpc-endpoint" => PolicyType::Endpoint,
        "kms-key" => PolicyType::Kms,
        word => word.parse().unwrap_or(PolicyType::Resource),
    }
}

#[test]
fn the_cases_of_our_own_rules_come_out_right() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lint/cases.jsonl");
    let Ok(cases) = std::fs::read_to_string(&file) else {
        println!("{} is absent; nothing was tested", file.display());
        return;
    };
    let all = polsim_rules::all();
    let by_name =
        |name: &str| all.iter().find(|rule| rule.code == name || rule.aliases.iter().any(|a| a.name == name));
    let linter = Linter::new(&all, &Selection::default());
    let (mut tested, mut wrong) = (0, Vec::new());
    for line in cases.lines() {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        if row["scope"] != "polsim-rule" {
            continue;
        }
        let id = row["id"].as_str().unwrap_or_default();
        let source = Source::new(id, row["policy"].as_str().unwrap_or_default());
        let text = Text::parse(
            source,
            policy_type(row["policy_type"].as_str().unwrap_or_default()),
            &Limits::default(),
        );
        let found: BTreeSet<&str> = linter.lint(&text).iter().map(|found| found.rule.code).collect();
        let expected = row["expected"].as_array().expect("a row has expectations");
        let is_absent = row["match"] == "absent";
        for rule in expected.iter().filter_map(|name| by_name(name.as_str()?)) {
            tested += 1;
            if found.contains(rule.code) == is_absent {
                wrong.push(format!(
                    "{id}: {} {}; found {found:?}",
                    rule.code,
                    if is_absent { "too much" } else { "missing" }
                ));
            }
        }
    }
    println!("{tested} expectations");
    assert!(tested > 0 && wrong.is_empty(), "{wrong:#?}");
}
