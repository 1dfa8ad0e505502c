//! Findings of the linter.

use super::request;
use crate::entry::{Entry, FindingFacts, Level, PathStep, Place};
use polsim_lint::{Found, Safety, Severity, Text, fingerprint};
use polsim_text::json::path_to;

/// The entry of a finding in a text.
#[must_use]
pub fn entry(found: &Found, text: &Text) -> Entry {
    let Found { rule, finding } = found;
    let place = &finding.place;
    let mut entry = Entry::new(level(finding.severity), finding.sentence.clone()).with_code(rule.code);
    entry.places.push(Place { label: place.label.clone(), ..Place::primary(&place.source, place.span) });
    for further in &finding.further {
        let other = Place::other(&further.source, further.span);
        entry.places.push(Place { label: further.label.clone(), ..other });
    }
    if let Some(witness) = &finding.witness {
        let derived = witness.derived();
        entry.rows = request::rows(witness, |key| derived.iter().all(|derived| derived.key != *key));
    }
    entry.help = help(found);
    let holder = text.documents.iter().find(|document| document.span.contains(place.span));
    let path = holder.map_or(Vec::new(), |document| path_to(&document.node, place.span));
    entry.finding = Some(Box::new(FindingFacts {
        rule,
        severity: finding.severity,
        confidence: finding.confidence,
        fingerprint: fingerprint(found, text),
        path: path.into_iter().map(PathStep::from).collect(),
        fix: finding.fix.clone(),
    }));
    entry
}

/// What to do, and which option does it.
fn help(found: &Found) -> Option<String> {
    let fix = found.finding.fix.as_ref().map(|fix| {
        let option = if fix.safety == Safety::Safe { "--fix" } else { "--fix --unsafe-fixes" };
        format!("{} (`{option}`)", fix.title)
    });
    match (&found.finding.help, fix) {
        // “did you mean …?” is a sentence by itself.
        (Some(help), Some(fix)) if help.ends_with('?') => Some(format!("{help} {fix}")),
        (Some(help), Some(fix)) => Some(format!("{help}; {fix}")),
        (help, fix) => help.clone().or(fix),
    }
}

/// How a severity is drawn.
#[must_use]
pub fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error | Severity::High => Level::Error,
        Severity::Medium => Level::Warning,
        Severity::Low | Severity::Info => Level::Advice,
    }
}
