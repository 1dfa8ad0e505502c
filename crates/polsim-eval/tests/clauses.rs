//! Every clause of the law is tested: by a case of `corpus/cases`, by a conformance vector, or by a test of its name.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads the files that it judges by and stops at the first surprise"
)]

mod readings;
mod support;
mod verdict;

use polsim_eval::{Reading, Readings};
use polsim_oracle::vectors::{self, Vector};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

struct CaseFile {
    name: String,
    vector: Vector,
    readings: Readings,
}

fn case_files() -> Vec<CaseFile> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("corpus/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap().replace('\n', " ");
        let extra: serde_json::Value = serde_json::from_str(&text).unwrap();
        let named = extra["readings"].as_array().cloned().unwrap_or_default();
        let reading = |name: &serde_json::Value| {
            Reading::ALL.iter().copied().find(|reading| name == reading.name()).unwrap()
        };
        CaseFile {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            vector: vectors::read(&text).unwrap().remove(0),
            readings: named.iter().map(reading).collect(),
        }
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_case_gets_its_verdict_from_engine_and_oracle() {
    let mut wrong = Vec::new();
    let files = case_files();
    for CaseFile { name, vector, readings } in &files {
        if !name.starts_with(&format!("{}-", vector.clauses[0])) {
            wrong.push(format!("{name}: the name does not begin with its first clause"));
        }
        let mut case = vector.subject.clone().unwrap();
        case.settings = readings::settings_with(&case.settings, *readings);
        let engine = verdict::decide(&case, *readings);
        let oracle = polsim_oracle::decide(&case);
        let oracle = oracle.map(|decision| (decision.verdict, decision.primary));
        for (who, answer) in [("engine", engine), ("oracle", oracle.map_err(|error| error.to_string()))] {
            let verdict = answer.as_ref().map_or("Invalid", |(verdict, _)| verdict.as_str());
            let primary = answer.as_ref().ok().and_then(|(_, primary)| primary.clone());
            let is_primary = vector.expect_primary.is_none() || vector.expect_primary == primary;
            if verdict != vector.expect || !is_primary {
                wrong.push(format!("{name}: expected {}, the {who} says {answer:?}", vector.expect));
            }
        }
    }
    println!("{} cases", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The clauses that a file of Rust names in the names of its tests: `fn s2_4_6_a_users_unique_id`.
fn named_in(text: &str, clauses: &mut BTreeSet<String>) {
    for rest in text.split("fn s").skip(1) {
        let name = rest.split('(').next().unwrap_or("");
        let numbers: Vec<&str> = name.split('_').take_while(|part| part.parse::<u8>().is_ok()).collect();
        clauses.insert(format!("S{}", numbers.join(".")));
    }
}

fn named_in_folder(folder: &Path, clauses: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named_in_folder(&path, clauses);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            named_in(&fs::read_to_string(&path).unwrap(), clauses);
        }
    }
}

#[test]
fn every_clause_is_tested() {
    let mut tested = BTreeSet::new();
    named_in_folder(&root().join("crates"), &mut tested);
    tested.extend(case_files().into_iter().flat_map(|file| file.vector.clauses));
    let vectors = vectors::read(include_str!("../../../tests/conformance/vectors.jsonl")).unwrap();
    tested.extend(vectors.into_iter().filter(|v| v.subject.is_ok()).flat_map(|v| v.clauses));
    let mut untested = Vec::new();
    let mut excused = 0;
    let list = include_str!("../../../tests/conformance/clauses.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    for line in lines.clone() {
        let fields: Vec<&str> = line.split(" | ").collect();
        assert!(fields.len() == 2 || fields.len() == 3, "{line}");
        if fields.len() == 3 {
            excused += 1;
        } else if !tested.contains(fields[0]) {
            untested.push(line);
        }
    }
    println!("{} clauses, {excused} need no test", lines.count());
    assert!(untested.is_empty(), "{} clauses are not tested:\n{}", untested.len(), untested.join("\n"));
}
