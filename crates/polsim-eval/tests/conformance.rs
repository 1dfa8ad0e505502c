//! The request vectors of `tests/conformance/vectors.jsonl` (S7), each a verdict that the semantics give.
#![expect(clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod support;
mod verdict;

use polsim_oracle::vectors::{self, NoRequest};

const VECTORS: &str = include_str!("../../../tests/conformance/vectors.jsonl");

#[test]
fn every_request_vector_gets_its_verdict() {
    let mut ran = 0;
    let mut wrong = Vec::new();
    for vector in vectors::read(VECTORS).unwrap() {
        let case = match &vector.subject {
            Ok(case) => case,
            Err(NoRequest::UnlawfulPolicy { problem, .. }) if vector.expect != "Invalid" => {
                wrong.push(format!("{}: the parser refuses it: {problem}", vector.id));
                continue;
            }
            Err(_) => continue,
        };
        ran += 1;
        let decided = verdict::decide(case, polsim_eval::Readings::default());
        let (verdict, primary) = match &decided {
            Ok((verdict, primary)) => (verdict.as_str(), primary.clone()),
            Err(_) => ("Invalid", None),
        };
        if verdict != vector.expect {
            wrong.push(format!(
                "{} {:?} {}: expected {}, got {verdict} ({decided:?})",
                vector.id, vector.clauses, vector.title, vector.expect
            ));
        } else if vector.expect_primary.is_some() && vector.expect_primary != primary {
            wrong.push(format!("{}: expected cause {:?}, got {primary:?}", vector.id, vector.expect_primary));
        }
    }
    println!("{ran} request vectors ran");
    assert!(ran > 200);
    assert!(wrong.is_empty(), "{} of {ran} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
