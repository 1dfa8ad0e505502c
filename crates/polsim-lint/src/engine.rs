//! Rules over texts.
//!
//! A newcomer would doubt that one broken statement does not end the linting: it is left out of what could be read, so
//! rules look at the others, and what the parser says of it is a finding by itself.

use crate::applies::Types;
use crate::finding::{Finding, Findings};
use crate::rule::{Check, Phase, Rule};
use crate::select::Selection;
use crate::severity::Severity;
use crate::site::Site;
use crate::subject::Subject;
use crate::text::Text;
use polsim_policy::{Problem, Severity as Gravity};
use std::collections::HashMap;

/// The rules that run.
#[derive(Clone, Debug)]
pub struct Linter {
    /// In the order of their phases, so that a rule that needs less comes first.
    rules: Vec<&'static Rule>,
    by_code: HashMap<&'static str, &'static Rule>,
}

/// A finding and the rule that it is one of.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rule.
    pub rule: &'static Rule,
    /// What it found.
    pub finding: Finding,
}

impl Linter {
    /// The rules of a registry that are selected.
    #[must_use]
    pub fn new(registry: &[&'static Rule], selection: &Selection) -> Self {
        let mut rules: Vec<_> = registry.iter().copied().filter(|rule| selection.runs(rule)).collect();
        rules.sort_by_key(|rule| (rule.phase, rule.code));
        let by_code = rules.iter().map(|rule| (rule.code, *rule)).collect();
        Self { rules, by_code }
    }

    /// Everything that is found in a text by itself, in the order of the text.
    #[must_use]
    pub fn lint(&self, text: &Text) -> Vec<Found> {
        let mut found = Vec::new();
        for problem in &text.problems {
            found.extend(self.finding_of(problem, text));
        }
        let subjects: Vec<Subject<'_>> = Subject::all(text).collect();
        for rule in self.rules.iter().filter(|rule| rule.applies.contains(text.policy_type)) {
            found.extend(run(rule, text, &subjects));
        }
        finish(&mut found, text.guess.is_some());
        found
    }

    /// Everything that is found only when several texts are looked at together.
    #[must_use]
    pub fn lint_project(&self, texts: &[Text]) -> Vec<Found> {
        let Some(first) = texts.first() else { return Vec::new() };
        let subjects: Vec<Subject<'_>> = texts.iter().flat_map(Subject::all).collect();
        let mut found = Vec::new();
        for rule in &self.rules {
            if let Check::Project(check) = rule.check {
                let mut findings = rule.findings(&first.source);
                check(&subjects, &mut findings);
                found.extend(found_by(rule, findings));
            }
        }
        finish(&mut found, texts.iter().any(|text| text.guess.is_some()));
        found
    }

    /// Everything that is found in a network with what runs in it.
    #[must_use]
    pub fn lint_site(&self, site: &Site) -> Vec<Found> {
        let mut found = Vec::new();
        for rule in &self.rules {
            if let Check::Site(check) = rule.check {
                let mut findings = rule.findings(&site.workload.source);
                check(site, &mut findings);
                found.extend(found_by(rule, findings));
            }
        }
        found
    }

    /// What the parser found, as a finding of the rule that has its code.
    fn finding_of(&self, problem: &Problem, text: &Text) -> Option<Found> {
        let rule = self.by_code.get(problem.code()).filter(|rule| rule.applies.contains(text.policy_type))?;
        let mut findings = rule.findings(&text.source);
        let finding = findings.add(problem.span, problem.to_string());
        if problem.severity() == Gravity::Invalid {
            finding.severity(Severity::Error);
        }
        if let Some((span, label)) = problem.related {
            finding.also(span, label);
        }
        finding.help = problem.help().map(std::borrow::Cow::into_owned);
        if let Check::Mend(mend) = rule.check {
            finding.fix = mend(text, problem);
        }
        found_by(rule, findings).next()
    }
}

fn found_by(rule: &'static Rule, findings: Findings<'_>) -> impl Iterator<Item = Found> {
    findings.into_found().map(move |finding| Found { rule, finding })
}

fn run(rule: &'static Rule, text: &Text, subjects: &[Subject<'_>]) -> impl Iterator<Item = Found> {
    let mut findings = rule.findings(&text.source);
    let proves = rule.phase >= Phase::Prover;
    match rule.check {
        Check::Problem | Check::Mend(_) | Check::Project(_) | Check::Site(_) => {}
        Check::Text(check) => check(text, &mut findings),
        Check::Document(check) => {
            // What could not be read may be the very statement that makes the difference.
            for subject in subjects.iter().filter(|subject| !proves || subject.is_lawful_whole()) {
                check(subject, &mut findings);
            }
        }
        Check::Statement(check) => {
            for subject in subjects {
                let statements = if proves { &subject.lawful().statements } else { subject.statements() };
                for statement in statements {
                    check(subject, statement, &mut findings);
                }
            }
        }
    }
    found_by(rule, findings)
}

fn finish(found: &mut [Found], is_guessed: bool) {
    if is_guessed {
        for Found { finding, .. } in found.iter_mut().filter(|found| found.rule.applies != Types::ALL) {
            finding.confidence = finding.confidence.lowered();
        }
    }
    found.sort_by_key(|Found { rule, finding }| {
        (finding.place.span.start(), finding.place.span.end(), rule.code)
    });
}
