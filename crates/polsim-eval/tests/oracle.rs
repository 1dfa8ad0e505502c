//! The engine against the oracle, a slow reading of the same clauses that shares only the parser with it, on random
//! environments: same verdict, same primary cause, under our readings and with ambiguities read the other way.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod random;
mod readings;
mod support;
mod verdict;

use polsim_eval::{Reading, Readings};
use polsim_oracle as oracle;
use random::environment::{Tally, environment};
use readings::settings_with;
use std::collections::BTreeMap;

/// Environments of an ordinary run; `POLSIM_CASES` says otherwise.
const CASES: u64 = 20_000;

/// No verdict may be rarer than one in so many, or the environments say little.
const RAREST: usize = 12;

fn cases() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the length of a test run is set by who runs it")]
    let set = std::env::var("POLSIM_CASES").ok();
    set.map_or(CASES, |text| text.parse().unwrap())
}

/// What is wrong with the engine's answer, if anything.
fn disagreement(case: &oracle::Case, readings: Readings) -> Option<String> {
    let expected = oracle::decide(case);
    let got = verdict::decide(case, readings);
    match (&expected, &got) {
        (Err(_), Err(_)) => None,
        (Ok(expected), Ok((verdict, primary)))
            if expected.verdict == *verdict
                && is_same_cause(expected.primary.as_deref(), primary.as_deref()) =>
        {
            None
        }
        _ => Some(format!("{readings:?}: oracle {expected:?}, engine {got:?}")),
    }
}

/// Where an Allow for the issuer is stopped by boundary or session, the engine names these and the oracle the
/// identity policies, which would have done as well (S4.5.3, S4.20.3).
fn is_same_cause(oracle: Option<&str>, engine: Option<&str>) -> bool {
    oracle == engine || (oracle == Some("identity") && matches!(engine, Some("boundary" | "session")))
}

#[test]
fn engine_and_oracle_agree() {
    let mut tally = Tally::default();
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let cases = cases();
    for number in 0..cases {
        let mut case = environment(number, &mut tally);
        let word = oracle::decide(&case).map_or("Invalid", |decision| decision.verdict.as_str());
        *spread.entry(word.into()).or_default() += 1;
        let other = Reading::ALL[usize::try_from(number).unwrap() % Reading::ALL.len()];
        let third = Reading::ALL[usize::try_from(number / 7).unwrap() % Reading::ALL.len()];
        let before = case.settings.clone();
        for flipped in [&[][..], &[other], &[other, third]] {
            let readings: Readings = flipped.iter().copied().collect();
            case.settings = settings_with(&before, readings);
            if let Some(what) = disagreement(&case, readings) {
                wrong.push(format!("environment {number}, {flipped:?}: {what}"));
            }
        }
    }
    println!("{cases} environments, {} of {} policies lawful, verdicts {spread:?}", tally.lawful, tally.made);
    assert!(
        wrong.is_empty(),
        "{} disagreements:\n{}",
        wrong.len(),
        wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
    for verdict in ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied"] {
        let count = spread.get(verdict).copied().unwrap_or_default();
        assert!(count * RAREST > usize::try_from(cases).unwrap(), "{verdict} is rare: {spread:?}");
    }
}

/// For the one who looks into a disagreement: `POLSIM_CASE=841 cargo test --test oracle -- --ignored --nocapture`.
#[test]
#[ignore = "prints one environment"]
fn show() {
    #[expect(clippy::disallowed_methods, reason = "which environment is shown is set by who asks")]
    let number = std::env::var("POLSIM_CASE").unwrap().parse().unwrap();
    let case = environment(number, &mut Tally::default());
    let show = |what: &str, policies: &[polsim_policy::Policy]| {
        for policy in policies {
            println!("{what}: {}", polsim_policy::print(policy));
        }
    };
    let policies = &case.policies;
    show("identity", &policies.identity);
    show("boundary", policies.boundary.as_deref().unwrap_or_default());
    show("session", policies.session.as_deref().unwrap_or_default());
    show("scp", &policies.scp.iter().flatten().flatten().cloned().collect::<Vec<_>>());
    show("rcp", &policies.rcp.iter().flatten().flatten().cloned().collect::<Vec<_>>());
    show("resource", policies.resource.as_slice());
    show("access point", policies.accesspoint.as_slice());
    show("endpoint", policies.endpoint.as_slice());
    println!("{:#?}", case.request);
}
