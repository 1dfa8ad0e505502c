//! Problems of policy documents.

use crate::entry::{Entry, Level, Place};
use polsim_policy::{Problem, Severity};
use polsim_text::Source;

/// The entry of a problem in a text.
#[must_use]
pub fn entry(problem: &Problem, source: &Source) -> Entry {
    let mut place = Place::primary(source, problem.span);
    if problem.severity() == Severity::Error {
        place.label = Some("AWS takes this, and it is not what it looks like".to_owned());
    }
    let mut entry =
        Entry::new(level(problem.severity()), problem.to_string()).with_code(problem.code()).at(place);
    entry.clause = Some(problem.clause());
    entry.help = problem.help().map(std::borrow::Cow::into_owned);
    if let Some((span, what)) = problem.related {
        entry.places.push(Place::other(source, span).saying(what));
    }
    entry
}

/// How a problem is meant.
#[must_use]
pub fn level(severity: Severity) -> Level {
    match severity {
        Severity::Invalid | Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Suggestion => Level::Advice,
    }
}
