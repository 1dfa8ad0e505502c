//! The prover never lies: random claims, each held against requests that the evaluator decides.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod random;

use polsim_arn::Budget;
use polsim_eval::{Reading, Readings, Request, Verdict};
use polsim_prove::{Answer, Assumption, Proof, Question, Witness};
use random::claim::{Claim, claim};
use random::judge::judge;
use random::numbers::{Random, set};
use random::universe::{is_in_region, request};
use std::collections::BTreeMap;

/// Claims of an ordinary run; `POLSIM_CASES` says otherwise.
const CASES: u64 = 2_500;

/// Requests that each proof is held against.
const REQUESTS: usize = 60;

fn ask(claim: &Claim) -> Answer {
    let question = Question {
        model: &claim.model,
        layers: &claim.layers,
        scope: &claim.scope,
        region: &claim.region,
        claim: claim.expect.into(),
    };
    polsim_prove::ask(&question, &mut Budget::default())
}

/// What the evaluator says of a completed request.
fn verdict(claim: &Claim, request: &Request, readings: Readings) -> Verdict {
    judge(&claim.model, &claim.layers, &claim.scope, request, readings)
}

/// A request that the proof overlooked.
fn overlooked(claim: &Claim, proof: &Proof, random: &mut Random, found: &mut usize) -> Option<String> {
    for _ in 0..REQUESTS * 6 {
        let Some(request) = request(random, claim) else { continue };
        if !proof.assumptions.iter().all(|assumption| assumption.holds(&request, None)) {
            continue;
        }
        *found += 1;
        let two: Readings =
            [(); 3].map(|()| Reading::ALL[random.below(Reading::ALL.len())]).into_iter().collect();
        let single = Reading::ALL.iter().map(|reading| Readings::default().with_alternative(*reading));
        for readings in [Readings::default(), two].into_iter().chain(single) {
            let verdict = verdict(claim, &request, readings);
            if !claim.expect.admits(verdict) {
                let readings: Vec<Reading> = readings.alternatives().collect();
                return Some(format!("proved, but {verdict:?} under {readings:?}: {request:?}"));
            }
        }
        if *found >= REQUESTS {
            break;
        }
    }
    (proof.is_vacuous && *found > 0).then(|| "the region is not empty".to_owned())
}

/// What is wrong with a counterexample.
fn flaw(claim: &Claim, witness: &Witness) -> Option<String> {
    let request = &witness.request;
    if !is_in_region(claim, request) {
        return Some(format!("outside of the region: {request:?}"));
    }
    let mut completed = request.clone();
    if let Err(error) = completed.complete() {
        return Some(format!("{error}: {request:?}"));
    }
    let unreal = claim.region.assumptions.iter().find(|fact| !fact.holds(&completed, None));
    if let Some(fact) = unreal.filter(|fact| *fact != Assumption::OnePartition) {
        return Some(format!("not as {fact}: {request:?}"));
    }
    let verdict = verdict(claim, &completed, witness.readings.iter().copied().collect());
    if verdict != witness.decision.verdict || claim.expect.admits(verdict) {
        return Some(format!("{verdict:?} is as claimed: {request:?}"));
    }
    None
}

#[test]
fn what_is_proved_holds_and_what_is_refuted_does_not() {
    let cases = set("POLSIM_CASES").unwrap_or(CASES);
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut undecided = Vec::new();
    for number in 0..cases {
        let claim = claim(number);
        let answer = ask(&claim);
        let (word, problem) = match &answer {
            Answer::Proved(proof) => {
                let mut found = 0;
                let problem = overlooked(&claim, proof, &mut Random::new(number + 1), &mut found);
                (if found == 0 { "proved, never tried".to_owned() } else { "proved".to_owned() }, problem)
            }
            Answer::Refuted(witness) => ("refuted".to_owned(), flaw(&claim, witness)),
            Answer::Unknown(reason) => {
                if !claim.has_variables {
                    undecided.push((number, reason.clone()));
                }
                let variables = if claim.has_variables { " (with variables)" } else { "" };
                (format!("unknown{variables}: {reason}"), None)
            }
        };
        *tally.entry(word).or_default() += 1;
        wrong.extend(problem.map(|what| format!("claim {number}: {what}")));
    }
    println!("{cases} claims: {tally:#?}");
    println!("undecided without variables: {:?}", undecided.iter().take(12).collect::<Vec<_>>());
    assert!(
        wrong.is_empty(),
        "{} wrong answers:\n{}",
        wrong.len(),
        wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
    let share =
        |word: &str| tally.get(word).copied().unwrap_or_default() * 100 / usize::try_from(cases).unwrap();
    assert!(share("proved") >= 15 && share("refuted") >= 15, "one answer is rare: {tally:?}");
    assert!(
        undecided.len() * 50 < usize::try_from(cases).unwrap(),
        "undecided without variables: {undecided:?}"
    );
}

/// For the one who looks into a claim: `POLSIM_CASE=841 cargo test --test agreement -- --ignored --nocapture`.
#[test]
#[ignore = "prints one claim"]
fn show() {
    let claim = claim(set("POLSIM_CASE").unwrap());
    println!("{}\n{:#?}", claim.texts.join("\n"), ask(&claim));
}
