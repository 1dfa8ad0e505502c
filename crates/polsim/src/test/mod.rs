//! `polsim test`: do the cases of suites hold, what do they exercise, and which changes of policies would they not notice?

mod covered;
mod find;
mod ran_suite;
mod suite;
mod survivors;

use crate::read::Reader;
use polsim_report::from::suite::{Ground, case};
use polsim_report::{Entry, Level, Run, Tested};
use polsim_suite::{Case, Exercised, Standing};
use ran_suite::RanSuite;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
pub(crate) use suite::Suite;

/// What is to be tested, and how.
#[derive(Clone, Debug)]
pub struct Test {
    /// Suites, and folders with suites.
    pub paths: Vec<PathBuf>,
    /// Cases are run whose name has one of these texts in it, or that have it as a tag; all, when there is none.
    pub filter: Vec<String>,
    /// Whether nothing more is run after the first case that fails.
    pub fail_fast: bool,
    /// Whether suites and environments may name files outside of their tree.
    pub allow_outside: bool,
    /// Today, as 2026-11-24.
    pub today: String,
    /// Whether coverage is told.
    pub coverage: bool,
    /// The least coverage in percent.
    pub least: Option<u8>,
    /// Whether policies are changed to see whether some case notices.
    pub mutate: bool,
}

/// Suites that were run, and the files that they were read from.
#[derive(Debug)]
pub struct Outcome {
    /// How it ended.
    pub tested: Tested,
    /// All files that were read, for whoever watches them.
    pub files: Vec<PathBuf>,
    /// The suites that could be read.
    pub(crate) suites: Vec<Suite>,
}

/// Runs suites. What cannot be read does not keep the others from being run.
#[must_use]
pub fn test(question: &Test, reader: &Reader) -> Outcome {
    let mut tested = Tested { least: question.least, ..Tested::default() };
    let mut suites = Vec::new();
    let found = find::suites(&question.paths);
    tested.problems.extend(found.wrong);
    for path in &found.files {
        match Suite::read(path, question.allow_outside, reader) {
            Ok(suite) => suites.push(suite),
            Err(wrong) => tested.problems.extend(wrong),
        }
    }
    let files = reader.taken().iter().map(|source| PathBuf::from(source.name())).collect();
    let chosen: Vec<(&Suite, Vec<&Case>)> =
        suites.iter().map(|suite| (suite, chosen(suite, &question.filter))).collect();
    if tested.problems.is_empty() && chosen.iter().all(|(_, cases)| cases.is_empty()) {
        tested.problems.push(nothing(question));
    }
    let ran = run(&chosen, question);
    tested.run = told(&ran, &suites);
    if question.coverage || question.least.is_some() {
        tested.coverage = Some(covered::coverage(&ran));
    }
    if question.mutate {
        tested.survivors = Some(survivors::survivors(&ran, &question.today));
    }
    Outcome { tested, files, suites }
}

/// The suites that paths name, and those below folders; paths of anything else name none.
pub(crate) fn suites_among(paths: &[PathBuf]) -> Vec<PathBuf> {
    let may: Vec<PathBuf> =
        paths.iter().filter(|path| path.is_dir() || find::is_suite(path)).cloned().collect();
    find::suites(&may).files
}

fn nothing(question: &Test) -> Entry {
    if question.filter.is_empty() {
        let sentence = "the suites have no case";
        return Entry::new(Level::Error, sentence).with_code("INP030");
    }
    let texts: Vec<String> = question.filter.iter().map(|text| format!("`{text}`")).collect();
    let sentence = format!("no case has {} in its name or as a tag", texts.join(" or "));
    Entry::new(Level::Error, sentence).with_code("INP030")
}

fn chosen<'s>(suite: &'s Suite, filter: &[String]) -> Vec<&'s Case> {
    let is_chosen = |case: &&Case| {
        filter.is_empty()
            || filter.iter().any(|text| case.name.contains(text.as_str()) || case.tags.contains(text))
    };
    suite.plan.cases.iter().filter(is_chosen).collect()
}

fn run<'s>(chosen: &[(&'s Suite, Vec<&'s Case>)], question: &Test) -> Vec<RanSuite<'s>> {
    let has_failed = AtomicBool::new(false);
    let needs_coverage = question.coverage || question.least.is_some();
    let one = |suite: &Suite, case: &'s Case| {
        if question.fail_fast && has_failed.load(Ordering::Relaxed) {
            return None;
        }
        let ran = case.run(&suite.worlds(), &question.today);
        if matches!(ran.standing, Standing::Fails) {
            has_failed.store(true, Ordering::Relaxed);
        }
        let exercised = if needs_coverage {
            case.exercises(&ran, &suite.world.environment)
        } else {
            Exercised::default()
        };
        Some((case, ran, exercised))
    };
    let suites = chosen.iter().map(|(suite, cases)| {
        // With --fail-fast the first failure in the order of the files counts, so that every run prints the same.
        let cases = if question.fail_fast {
            cases.iter().filter_map(|case| one(suite, case)).collect()
        } else {
            cases.par_iter().filter_map(|case| one(suite, case)).collect()
        };
        RanSuite { suite, cases }
    });
    suites.collect()
}

fn told(ran: &[RanSuite<'_>], suites: &[Suite]) -> Run {
    let mut run = Run::default();
    for RanSuite { suite, cases } in ran {
        for (asked, ran, _) in cases {
            let world = suite.world_of(asked);
            let ground = Ground {
                model: world.environment.model(),
                readings: world.environment.readings(),
                library: &world.library,
            };
            let mut told = case(asked, ran, &suite.plan.source, ground);
            if let polsim_suite::Answer::Request(judged) = &ran.answer {
                let taken =
                    judged.unknown.iter().map(|unknown| crate::environment::taken_for(*unknown).to_owned());
                told.answer.notes.extend(taken);
            }
            run.cases.push(told);
        }
    }
    for note in suites.iter().flat_map(|suite| &suite.world.notes) {
        if !run.notes.contains(note) {
            run.notes.push(note.clone());
        }
    }
    run
}
