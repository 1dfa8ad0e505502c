//! The oracle against the request vectors of S7.

use polsim_oracle::vectors::{self, NoRequest, Vector};

/// What is wrong with the oracle's answer to a vector, if anything; `None` for vectors that ask no request.
fn judge(vector: &Vector) -> Option<Result<(), String>> {
    let case = match &vector.subject {
        Ok(case) => case,
        Err(NoRequest::Validate | NoRequest::Network) => return None,
        Err(unlawful @ NoRequest::UnlawfulPolicy { .. }) => return Some(Err(unlawful.to_string())),
    };
    let (verdict, primary) = match polsim_oracle::decide(case) {
        Ok(decision) => (decision.verdict.as_str(), decision.primary),
        Err(_) => ("Invalid", None),
    };
    let primary_is_right = vector.expect_primary.is_none() || vector.expect_primary == primary;
    let right = verdict == vector.expect && primary_is_right;
    Some(if right { Ok(()) } else { Err(format!("{verdict} by {primary:?}")) })
}

#[test]
fn s7_every_request_vector() {
    let vectors = vectors::read(include_str!("../../../tests/conformance/vectors.jsonl")).unwrap();
    let mut ran = 0;
    let mut wrong = Vec::new();
    for vector in &vectors {
        let Some(outcome) = judge(vector) else { continue };
        ran += 1;
        if let Err(answer) = outcome {
            let Vector { id, clauses, title, expect, expect_primary, .. } = vector;
            wrong.push(format!(
                "{id} {clauses:?} {title}: expected {expect} {expect_primary:?}, got {answer}"
            ));
        }
    }
    println!("{ran} request vectors of {} ran", vectors.len());
    assert!(ran > 200 && wrong.is_empty(), "{} of {ran} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
