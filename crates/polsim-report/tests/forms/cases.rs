//! One run in every format, side by side, so that they cannot drift apart.

use crate::material;
use polsim_report::{Run, run_to_github, to_junit, to_markdown, to_tap};
use std::time::Duration;

fn run() -> Run {
    let mut cases = material::cases("it");
    cases[0].time = Some(Duration::from_millis(1500));
    Run { cases, notes: vec!["said besides".to_owned()] }
}

#[test]
fn one_run_in_every_format() {
    let run = run();
    let all = format!(
        "--- JUnit\n{}\n--- TAP\n{}\n--- GitHub\n{}\n--- Markdown\n{}",
        to_junit(&run),
        to_tap(&run),
        run_to_github(&run),
        to_markdown(&run)
    );
    insta::assert_snapshot!("one_run", all);
}

#[test]
fn every_format_counts_alike() {
    let run = run();
    assert_eq!(run.counts(), "1 holds, 1 skipped, 1 undecided, 1 fails, 1 bad input");
    assert_eq!(run.exit().code(), 2);
    let junit = to_junit(&run);
    assert!(junit.contains("tests=\"5\" skipped=\"1\" failures=\"1\" errors=\"2\""), "{junit}");
    let tap = to_tap(&run);
    let ok = tap.lines().filter(|line| line.starts_with("ok ")).count();
    let not_ok = tap.lines().filter(|line| line.starts_with("not ok ")).count();
    assert_eq!((ok, not_ok), (2, 3), "{tap}");
    assert!(tap.starts_with("TAP version 14\n1..5\n"), "{tap}");
}

#[test]
fn what_a_format_obeys_is_escaped() {
    let run = Run { cases: material::cases("a # SKIP b\n\u{1b}<x>&\"]]>"), notes: Vec::new() };
    let tap = to_tap(&run);
    let points = tap.lines().filter(|line| line.starts_with("ok ") || line.starts_with("not ok "));
    assert_eq!(points.filter(|line| line.contains(" # SKIP")).count(), 1, "{tap}");
    let junit = to_junit(&run);
    assert!(!junit.contains('\u{1b}') && !junit.contains("<x>"), "{junit}");
}

#[test]
fn no_case_is_no_success_that_nobody_saw() {
    assert!(to_tap(&Run::default()).contains("1..0 # SKIP no case"));
    assert!(to_markdown(&Run::default()).contains("no case"));
}
