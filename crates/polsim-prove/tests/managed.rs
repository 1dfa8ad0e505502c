//! The policies that AWS manages: every claim about one of them is decided, and fast.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use polsim_policy::PolicyType;
use polsim_prove::{Answer, Expectation};
use std::path::Path;
use std::time::{Duration, Instant};
use support::{ask_alone, region};

/// Beside the checkout, if it is there.
const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/policies/managed");

#[test]
fn claims_about_managed_policies_are_decided() {
    let Ok(files) = Path::new(POLICIES).read_dir() else {
        println!("skipped: no managed policies beside the checkout");
        return;
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let claims = [("s3:GetObject", Expectation::Allow), ("iam:*", Expectation::Deny)];
    let mut undecided = Vec::new();
    let mut times: Vec<(Duration, String)> = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        #[expect(clippy::disallowed_methods, reason = "a test reads its policies")]
        let text = std::fs::read_to_string(path).unwrap();
        for (action, expect) in claims {
            let start = Instant::now();
            let answer = ask_alone(PolicyType::Identity, &text, &region(&[action], &["*"]), expect);
            times.push((start.elapsed(), format!("{name} {action}")));
            if let Answer::Unknown(reason) = answer {
                undecided.push((name.clone(), action, reason));
            }
        }
    }
    times.sort();
    let at = |percent: usize| times.get(times.len() * percent / 100).unwrap();
    println!("{} claims, median {:?}, 99 of 100 within {:?}", times.len(), at(50).0, at(99).0);
    println!("slowest: {:?}", times.iter().rev().take(5).collect::<Vec<_>>());
    println!("undecided: {undecided:?}");
    assert!(undecided.is_empty());
}
