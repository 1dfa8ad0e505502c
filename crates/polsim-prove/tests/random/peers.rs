//! Random claims as SMT-LIB, for `tests/peers/run.sh`: z3 and cvc5 answer them as well.

use super::claim::claim;
use super::numbers::set;
use polsim_arn::Budget;
use polsim_prove::{Answer, Assumptions, Question, Region, smt2};
use std::time::Instant;

/// Writes the claims that can be written, each with our answer and how long it took.
#[test]
#[ignore = "writes files for other solvers"]
fn write() {
    #[expect(clippy::disallowed_methods, reason = "who runs it says where the files go")]
    let folder = std::path::PathBuf::from(std::env::var("POLSIM_PEERS").unwrap());
    let wanted = set("POLSIM_CASES").unwrap_or(2_000);
    let (mut written, mut number) = (0, 0);
    while written < wanted {
        number += 1;
        let claim = claim(number);
        let region = Region { assumptions: Assumptions::none(), ..claim.region.clone() };
        let question = Question {
            model: &claim.model,
            layers: &claim.layers,
            scope: &claim.scope,
            region: &region,
            claim: claim.expect.into(),
        };
        let start = Instant::now();
        let answer = polsim_prove::ask(&question, &mut Budget::default());
        let micros = start.elapsed().as_micros();
        let word = match answer {
            // What only one partition makes true is not written.
            Answer::Proved(proof) if proof.assumptions.is_empty() && !proof.is_vacuous => "unsat",
            Answer::Refuted(_) => "sat",
            Answer::Proved(_) | Answer::Unknown(_) => continue,
        };
        let Ok(text) = smt2(&question, &mut Budget::default()) else { continue };
        #[expect(clippy::disallowed_methods, reason = "files are what this is for")]
        std::fs::write(folder.join(format!("{number}.smt2")), format!("; {word} {micros}\n{text}")).unwrap();
        written += 1;
    }
    println!("{written} of {number} claims written");
}
