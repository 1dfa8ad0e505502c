//! How fast the phases are, all their rules together as `polsim lint` runs them.

use crate::clock::Clock;
use crate::read;
use polsim_lint::{Linter, Phase, Rule, Selection, Selector, Text};
use polsim_policy::PolicyType;
use polsim_text::Source;
use std::time::Duration;

/// Rounds of the quick phases; the first one pays for facts that are decoded when they are first asked for.
const ROUNDS: usize = 3;

pub(crate) fn print(sources: &[(Source, PolicyType)]) {
    let rules = |phases: &[Phase]| -> Vec<&'static Rule> {
        polsim_rules::all().into_iter().filter(|rule| phases.contains(&rule.phase)).collect()
    };
    let quick = rules(&[Phase::Text, Phase::Grammar, Phase::Reference]);
    for round in 1..=ROUNDS {
        let begin = Clock::start();
        let texts = read(sources);
        let parsing = begin.elapsed();
        let linting = lint(&quick, &texts);
        println!(
            "round {round}: {} policies, reading {} ms, {} rules of text, grammar and reference {} ms: \
             {:.0} policies/s, {:.0} with reading",
            texts.len(),
            parsing.as_millis(),
            quick.len(),
            linting.as_millis(),
            rate(texts.len(), linting),
            rate(texts.len(), linting + parsing),
        );
    }
    let managed: Vec<_> =
        sources.iter().filter(|(source, _)| source.name().starts_with("managed/")).cloned().collect();
    let begin = Clock::start();
    let texts = read(&managed);
    lint(&polsim_rules::all(), &texts);
    let each = begin.elapsed();
    let _together = linter(&polsim_rules::all()).lint_project(&texts);
    let all = begin.elapsed();
    println!(
        "all phases of {} managed policies, with reading: {} ms, of that {} ms for all of them together",
        texts.len(),
        all.as_millis(),
        (all - each).as_millis()
    );
}

fn rate(texts: usize, took: Duration) -> f64 {
    texts as f64 / took.as_secs_f64()
}

fn linter(rules: &[&'static Rule]) -> Linter {
    Linter::new(rules, &Selection { select: vec![Selector::All], ignore: vec![] })
}

fn lint(rules: &[&'static Rule], texts: &[Text]) -> Duration {
    let linter = linter(rules);
    let begin = Clock::start();
    let found: usize = texts.iter().map(|text| linter.lint(text).len()).sum();
    assert!(found > 0, "nothing was found in the wild");
    begin.elapsed()
}
