//! The rules on policies as they are found in the wild: how often each finds something, and that none panics.
//!
//! The files are no part of the repository. They are looked for in the folder `policies` of a folder `shared` beside
//! the checkout; when that is absent the tests say so and pass. `cargo test -p polsim-rules --test wild -- --nocapture`
//! prints the table; `SHOW=S3R002` runs one rule, or all whose codes begin so, and prints its findings.

#![expect(clippy::disallowed_methods, clippy::expect_used, reason = "the policies are files that are there")]

use polsim_lint::{Linter, Rule, Selection, Selector, Text};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// The index tells types by a heuristic; these are its words.
fn policy_type(word: &str) -> PolicyType {
    match word {
        "managed" => PolicyType::Identity,
        "bucket" | "bucket-outposts" | "sqs" | "sns" | "ecr" | "secret" => PolicyType::Resource,
        other => other.parse().expect("a known type"),
    }
}

#[test]
fn findings_in_the_wild() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join("shared").join("policies");
    let Ok(index) = std::fs::read_to_string(folder.join("index.jsonl")) else {
        println!("{} is absent; nothing was tested", folder.display());
        return;
    };
    let texts = index.lines().map(|line| {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        let file = row["file"].as_str().expect("a row names its file");
        let bytes = std::fs::read(folder.join(file)).expect("the file is there");
        let source = Source::from_bytes(file, bytes).expect("the file is UTF-8");
        Text::parse(source, policy_type(row["type"].as_str().unwrap_or("")), &Limits::default())
    });
    let texts: Vec<Text> = texts.collect();
    let show = std::env::var("SHOW").ok();
    println!("| rule | findings | policies | ms |\n|---|---|---|---|");
    let mut all = Duration::ZERO;
    let is_shown = |rule: &Rule| show.as_deref().is_none_or(|show| rule.code.starts_with(show));
    for rule in polsim_rules::all().into_iter().filter(|rule| is_shown(rule)) {
        let linter = Linter::new(
            &[rule],
            &Selection { select: vec![Selector::Code(rule.code.to_owned())], ignore: vec![] },
        );
        let begin = Instant::now();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &texts {
            let mut found = linter.lint(text);
            found.extend(linter.lint_project(std::slice::from_ref(text)));
            if !found.is_empty() {
                *counts.entry(text.source.name()).or_default() += found.len();
            }
            if show.is_some() {
                for found in found {
                    let finding = found.finding;
                    let line = finding.place.source.position(finding.place.span.start()).line;
                    println!(
                        "{} {}:{line} {} [{}, {}] {:?}",
                        rule.code,
                        text.source.name(),
                        finding.sentence,
                        finding.severity,
                        finding.confidence,
                        finding.help
                    );
                }
            }
        }
        let took = begin.elapsed();
        all += took;
        println!(
            "| {} {} | {} | {} | {} |",
            rule.code,
            rule.name,
            counts.values().sum::<usize>(),
            counts.len(),
            took.as_millis()
        );
    }
    println!("{} policies, {} ms", texts.len(), all.as_millis());
    assert!(!texts.is_empty(), "the index lists policies");
}
