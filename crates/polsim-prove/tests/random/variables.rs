//! Policy variables: claims about policies that are full of them are answered as the evaluator decides, and those in
//! which each value has one variable are always decided.

use super::claim::{Claim, claim_with};
use super::numbers::{Random, set};
use super::templates::Variables;
use crate::{ask, flaw, overlooked};
use polsim_prove::{Answer, Reason};
use std::collections::BTreeMap;

/// Claims of an ordinary run of each test; `POLSIM_CASES` says otherwise.
const CASES: u64 = 600;

fn claim(number: u64, variables: Variables) -> Claim {
    claim_with(Random::new(number.wrapping_mul(7) + 5_000_011), variables)
}

/// Asks random claims; how often it depended on a variable, and the first of these.
fn run(variables: Variables) -> (u64, u64, Vec<u64>) {
    let cases = set("POLSIM_CASES").unwrap_or(CASES);
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut undecided, mut others) = (Vec::new(), Vec::new());
    for number in 0..cases {
        let claim = claim(number, variables);
        let answer = ask(&claim);
        let (word, problem) = match &answer {
            Answer::Proved(proof) => {
                let mut found = 0;
                let problem = overlooked(&claim, proof, &mut Random::new(number + 1), &mut found);
                (if found == 0 { "proved, never tried".to_owned() } else { "proved".to_owned() }, problem)
            }
            Answer::Refuted(witness) => ("refuted".to_owned(), flaw(&claim, witness)),
            Answer::Unknown(reason) => {
                match reason {
                    Reason::Variable(_) => undecided.push(number),
                    _ => others.push(number),
                }
                (format!("unknown: {reason}"), None)
            }
        };
        *tally.entry(word).or_default() += 1;
        wrong.extend(problem.map(|what| format!("claim {number}: {what}\n{}", claim.texts.join("\n"))));
    }
    let count = u64::try_from(undecided.len()).unwrap();
    println!("{cases} claims, variables {variables:?}: {tally:#?}");
    println!("{count} depend on a variable: {:?}", &undecided[..undecided.len().min(20)]);
    println!("undecided for other reasons: {:?}", &others[..others.len().min(20)]);
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
    (cases, count, undecided)
}

#[test]
fn with_one_variable_in_a_value_all_is_decided() {
    let (cases, count, undecided) = run(Variables::Once);
    // What is left are values that are wildcards themselves, by the other reading of A17.
    assert!(count * 1_000 <= cases, "{undecided:?}");
}

#[test]
fn with_variables_of_all_shapes_answers_are_right() {
    let (cases, count, _) = run(Variables::All);
    assert!(count * 50 < cases, "more than two of a hundred depend on a variable");
}

/// For the one who looks into a claim: `POLSIM_CASE=841 cargo test --test agreement variables::show -- --ignored
/// --nocapture`; `POLSIM_ONCE=1` for the first of the two tests.
#[test]
#[ignore = "prints one claim"]
fn show() {
    let variables = if set("POLSIM_ONCE").is_some() { Variables::Once } else { Variables::All };
    let claim = claim(set("POLSIM_CASE").unwrap(), variables);
    println!("{}\n{:#?}", claim.texts.join("\n"), ask(&claim));
}
