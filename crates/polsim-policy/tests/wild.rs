//! Policies as they are found in the wild: AWS's managed policies, the samples of its guides, and broken ones.
//!
//! The files are no part of the repository. They are looked for in the folder `policies` of a folder `shared` beside
//! the checkout; when that is absent the tests say so and pass.

#![expect(clippy::disallowed_methods, clippy::expect_used, reason = "the policies are files that are there")]

use polsim_policy::{Parsed, PolicyType, ProblemKind, Severity, guess_type, parse, print};
use polsim_text::{Limits, Source};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join("shared").join("policies");
    if !folder.is_dir() {
        println!("{} is absent; nothing was tested", folder.display());
        return None;
    }
    Some(folder)
}

fn rows(folder: &Path, index: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(index)).expect("the folder has an index");
    text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

fn source(folder: &Path, row: &Value) -> Source {
    let file = row["file"].as_str().expect("a row names its file");
    let bytes = std::fs::read(folder.join(file)).expect("the file is there");
    Source::from_bytes(file, bytes).expect("the file is UTF-8")
}

/// The index tells types by a heuristic; these are its words.
fn policy_type(word: &str) -> PolicyType {
    match word {
        "managed" => PolicyType::Identity,
        "bucket" | "bucket-outposts" | "sqs" | "sns" | "ecr" | "secret" => PolicyType::Resource,
        other => other.parse().expect("a known type"),
    }
}

/// How often the guess is the index's type, where a guess can be right at all.
#[test]
fn types_are_mostly_guessed() {
    let Some(folder) = folder() else { return };
    let (mut right, mut wrong) = (0, BTreeMap::<String, usize>::new());
    for row in rows(&folder, "index.jsonl") {
        let word = row["type"].as_str().unwrap_or("");
        let policy_type = policy_type(word);
        // Nothing in the text tells these from identity policies and from endpoint or resource policies.
        if matches!(policy_type, PolicyType::Boundary | PolicyType::Scp | PolicyType::Rcp) {
            continue;
        }
        let source = source(&folder, &row);
        for document in parse(&source, policy_type, &Limits::default()).documents {
            let guess = guess_type(&document.node);
            if guess.policy_type == policy_type {
                right += 1;
            } else {
                *wrong.entry(format!("{policy_type} taken for {}", guess.policy_type)).or_default() += 1;
            }
        }
    }
    println!("{right} guesses are right; the others: {wrong:#?}");
    assert!(right > 20 * wrong.values().sum::<usize>(), "{wrong:?}");
}

fn check_spans(source: &Source, parsed: &Parsed) {
    for problem in &parsed.problems {
        let within = problem.span.end() <= source.text().len();
        assert!(
            within && source.text().is_char_boundary(problem.span.start()),
            "{} {problem:?}",
            source.name()
        );
        assert!(!problem.to_string().is_empty() && problem.clause().starts_with('S'), "{problem:?}");
    }
}

#[test]
fn managed_policies_are_lawful_and_the_others_parse() {
    let Some(folder) = folder() else { return };
    let mut invalid: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = 0;
    for row in rows(&folder, "index.jsonl") {
        let word = row["type"].as_str().unwrap_or("");
        let source = source(&folder, &row);
        let parsed = parse(&source, policy_type(word), &Limits::default());
        check_spans(&source, &parsed);
        count += 1;
        let worst: Vec<String> = parsed
            .problems
            .iter()
            .filter(|problem| problem.severity() == Severity::Invalid)
            .map(|problem| format!("{} {word}: {problem}", problem.code()))
            .collect();
        assert_eq!(worst.is_empty(), parsed.single().is_some(), "{}", source.name());
        if word == "managed" {
            assert!(worst.is_empty(), "{}: {worst:?}", source.name());
        }
        for line in worst {
            *invalid.entry(line).or_default() += 1;
        }
        for document in &parsed.documents {
            let printed = Source::new("printed", print(&document.policy));
            let again = parse(&printed, document.policy.policy_type, &Limits::default());
            if document.lawful {
                assert_eq!(again.single(), Some(&document.policy), "{}", source.name());
            }
        }
    }
    println!("{count} policies; what is invalid outside the managed ones:");
    for (line, times) in invalid {
        println!("{times:5}  {line}");
    }
    assert!(count > 0);
}

#[test]
fn malformed_blocks_are_told_where() {
    let Some(folder) = folder() else { return };
    for row in rows(&folder, "malformed.jsonl") {
        let source = source(&folder, &row);
        let parsed = parse(&source, PolicyType::Identity, &Limits::default());
        check_spans(&source, &parsed);
        let syntax = parsed.problems.iter().find(|problem| matches!(problem.kind, ProblemKind::Json(_)));
        let problem = syntax.unwrap_or_else(|| panic!("{}: no syntax problem", source.name()));
        let position = source.position(problem.span.start());
        println!("{}:{}:{}: {problem}", source.name(), position.line, position.column);
    }
}
