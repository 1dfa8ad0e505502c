//! The rules on policies as they are found in the wild: that none panics, how often each finds something, how fast
//! they are.
//!
//! The files are no part of the repository. They are looked for in the folder `policies` of a folder `shared` beside
//! the checkout; when that is absent the tests say so and pass. A newcomer would doubt that the speed is printed and
//! not asserted: other work on the machine would make a test fail that found nothing.
//!
//! `cargo test -p polsim-rules --test wild -- --nocapture` prints what every rule found and how long it took;
//! `SHOW=S3R002` runs one rule, or all whose codes begin so, and prints its findings; `POLSIM_BLESS=1` writes the table
//! in `docs/findings.md`; `SPEED=1` prints only how fast the phases are.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the policies are files that are there"
)]

mod clock;
mod speed;
mod table;

use polsim_lint::Text;
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use serde_json::Value;
use std::path::Path;

/// The index tells types by a heuristic; these are its words.
fn policy_type(word: &str) -> PolicyType {
    match word {
        "managed" => PolicyType::Identity,
        "bucket" | "bucket-outposts" | "sqs" | "sns" | "ecr" | "secret" => PolicyType::Resource,
        other => other.parse().expect("a known type"),
    }
}

/// The policies as they lie in their files; `None` when they are not there.
fn sources() -> Option<Vec<(Source, PolicyType)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join("shared").join("policies");
    let Ok(index) = std::fs::read_to_string(folder.join("index.jsonl")) else {
        println!("{} is absent; nothing was tested", folder.display());
        return None;
    };
    let rows = index.lines().map(|line| {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        let file = row["file"].as_str().expect("a row names its file");
        let bytes = std::fs::read(folder.join(file)).expect("the file is there");
        let source = Source::from_bytes(file, bytes).expect("the file is UTF-8");
        (source, policy_type(row["type"].as_str().unwrap_or("")))
    });
    Some(rows.collect())
}

fn read(sources: &[(Source, PolicyType)]) -> Vec<Text> {
    let texts = sources.iter().map(|(source, kind)| Text::parse(source.clone(), *kind, &Limits::default()));
    texts.collect()
}

#[test]
fn findings_in_the_wild() {
    let Some(sources) = sources() else { return };
    assert!(!sources.is_empty(), "the index lists policies");
    speed::print(&sources);
    if std::env::var("SPEED").is_err() {
        table::print(&read(&sources));
    }
}
