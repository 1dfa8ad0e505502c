//! Claims that compare two sides never lie either: no more than, and disjoint, held against requests that the evaluator
//! decides by both.

use super::claim::{Claim, comparison};
use super::judge::judge;
use super::numbers::{Random, set};
use super::universe::{is_in_region, request};
use polsim_arn::Budget;
use polsim_eval::{Layer, Layers, PolicyId, Reading, Readings, Request, Verdict};
use polsim_prove::{Answer, Comparer, Glance, Proof, Question, Scope, Witness};
use std::collections::BTreeMap;

/// Comparisons of an ordinary run; `POLSIM_CASES` says otherwise.
const CASES: u64 = 2_000;

/// Requests that each proof is held against.
const REQUESTS: usize = 60;

fn cases() -> u64 {
    set("POLSIM_CASES").unwrap_or(CASES)
}

fn other(claim: &Claim) -> &Layers {
    claim.other.as_ref().unwrap()
}

fn ask(claim: &Claim, relation: polsim_prove::Claim<'_>) -> Answer {
    let (model, layers) = (&claim.model, &claim.layers);
    let question = Question { model, layers, scope: &claim.scope, region: &claim.region, claim: relation };
    polsim_prove::ask(&question, &mut Budget::default())
}

fn verdicts(claim: &Claim, request: &Request, readings: Readings) -> (Verdict, Verdict) {
    let of = |layers| judge(&claim.model, layers, &claim.scope, request, readings);
    (of(&claim.layers), of(other(claim)))
}

fn is_broken(relation: polsim_prove::Claim<'_>, (own, other): (Verdict, Verdict)) -> bool {
    !relation.admits(own, Some(other))
}

/// A request that a proof overlooked.
fn overlooked(
    claim: &Claim,
    relation: polsim_prove::Claim<'_>,
    proof: &Proof,
    random: &mut Random,
) -> Option<String> {
    let mut found = 0;
    for _ in 0..REQUESTS * 6 {
        let Some(request) = request(random, claim) else { continue };
        if !proof.assumptions.iter().all(|assumption| assumption.holds(&request, None)) {
            continue;
        }
        found += 1;
        let single = Reading::ALL.iter().map(|reading| Readings::default().with_alternative(*reading));
        for readings in std::iter::once(Readings::default()).chain(single) {
            let verdicts = verdicts(claim, &request, readings);
            if is_broken(relation, verdicts) {
                let readings: Vec<Reading> = readings.alternatives().collect();
                return Some(format!("proved, but {verdicts:?} under {readings:?}: {request:?}"));
            }
        }
        if found >= REQUESTS {
            break;
        }
    }
    None
}

/// What is wrong with a counterexample.
fn flaw(claim: &Claim, relation: polsim_prove::Claim<'_>, witness: &Witness) -> Option<String> {
    let request = &witness.request;
    let mut completed = request.clone();
    let verdicts = match completed.complete() {
        Ok(_) => verdicts(claim, &completed, witness.readings.iter().copied().collect()),
        Err(error) => return Some(format!("{error}: {request:?}")),
    };
    let told = (witness.decision.verdict, witness.other.as_ref().unwrap().verdict);
    (verdicts != told || !is_broken(relation, verdicts) || !is_in_region(claim, request))
        .then(|| format!("{verdicts:?}, told {told:?}: {request:?}"))
}

#[test]
fn what_is_proved_of_two_sides_holds_and_what_is_refuted_does_not() {
    let cases = cases();
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut undecided = 0;
    for number in 0..cases {
        let claim = comparison(number);
        let relations =
            [polsim_prove::Claim::NoMoreThan(other(&claim)), polsim_prove::Claim::Disjoint(other(&claim))];
        let relation = relations[usize::from(number % 5 == 0)];
        let (word, problem) = match ask(&claim, relation) {
            Answer::Proved(proof) => {
                ("proved".to_owned(), overlooked(&claim, relation, &proof, &mut Random::new(number)))
            }
            Answer::Refuted(witness) => ("refuted".to_owned(), flaw(&claim, relation, &witness)),
            Answer::Unknown(reason) => {
                undecided += u64::from(!claim.has_variables);
                (format!("unknown (variables: {}): {reason}", claim.has_variables), None)
            }
        };
        *tally.entry(word).or_default() += 1;
        wrong.extend(problem.map(|what| format!("comparison {number}: {what}\n{}", claim.texts.join("\n"))));
    }
    println!("{cases} comparisons: {tally:#?}");
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
    assert!(undecided * 50 < cases, "{undecided} are undecided without variables");
}

/// The policies of a side that is one layer by itself.
fn layer(claim: &Claim) -> Option<(Layer, &[PolicyId], &[PolicyId])> {
    let Scope::Alone(layers) = &claim.scope else { return None };
    let [layer] = layers.as_slice() else { return None };
    Some((*layer, claim.layers.policies(*layer), other(claim).policies(*layer)))
}

/// The first tier and the search do not contradict each other, and the first tier is not idle.
#[test]
fn a_glance_agrees_with_the_search() {
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for number in 0..cases() {
        let claim = comparison(number);
        let Some((_, new, old)) = layer(&claim) else { continue };
        let relation = polsim_prove::Claim::NoMoreThan(other(&claim));
        let comparer = Comparer::new(&claim.model);
        let (word, problem) = match comparer.glance(new, old) {
            Glance::Included => {
                let proof = Proof::default();
                let everywhere = Claim { region: <_>::default(), states: Vec::new(), ..comparison(number) };
                let relation = polsim_prove::Claim::NoMoreThan(other(&everywhere));
                ("included", overlooked(&everywhere, relation, &proof, &mut Random::new(number)))
            }
            Glance::Escapes(cube) => {
                let request = comparer.example(cube).unwrap();
                let mut completed = request.clone();
                completed.complete().unwrap();
                let verdicts = verdicts(&claim, &completed, Readings::default());
                ("escapes", (!is_broken(relation, verdicts)).then(|| format!("{verdicts:?}: {request:?}")))
            }
            Glance::Open => ("open", None),
        };
        *tally.entry(word).or_default() += 1;
        assert!(problem.is_none(), "comparison {number}: {}\n{}", problem.unwrap(), claim.texts.join("\n"));
    }
    println!("{tally:?}");
    assert!(tally["included"] > 20 && tally["escapes"] > 20, "{tally:?}");
}
