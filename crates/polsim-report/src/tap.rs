//! Cases as TAP 14, which test harnesses read line by line.
//!
//! A newcomer would doubt that undecided is `not ok`: whoever runs claims in a pipeline wants to know, and the diagnostic
//! below says which it is.

use crate::harmless::harmless;
use crate::{Case, CaseOutcome, Run};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Cases as TAP 14; ends with a line feed.
#[must_use]
pub fn to_tap(run: &Run) -> String {
    let mut tap = format!("TAP version 14\n1..{}\n", run.cases.len());
    if run.cases.is_empty() {
        tap.truncate(tap.trim_end().len());
        tap.push_str(" # SKIP no case\n");
    }
    for (at, case) in run.cases.iter().enumerate() {
        let ok =
            if matches!(case.outcome, CaseOutcome::Holds | CaseOutcome::Skipped) { "ok" } else { "not ok" };
        let _ = write!(tap, "{ok} {} - {}", at + 1, escaped(&case.name));
        if case.outcome == CaseOutcome::Skipped {
            let _ = write!(tap, " # SKIP {}", escaped(case.reason.as_deref().unwrap_or_default()));
        }
        tap.push('\n');
        if ok == "not ok" {
            tap.push_str(&diagnostic(case));
        }
    }
    for note in &run.notes {
        let _ = writeln!(tap, "# {}", harmless(note));
    }
    tap
}

/// A description, in which a hash would begin a directive.
fn escaped(text: &str) -> String {
    harmless(text).replace('\\', "\\\\").replace('#', "\\#")
}

/// The block of YAML below a case. JSON is YAML, so that no quoting of our own is needed.
fn diagnostic(case: &Case) -> String {
    let place = case.place.as_ref().or_else(|| case.answer.entries.iter().find_map(crate::Entry::primary));
    let evidence = case.answer.entries.iter().map(|entry| {
        let rows = entry.rows.iter().map(|row| (row.key.clone(), Value::from(row.value.as_str())));
        let rows: serde_json::Map<String, Value> = rows.collect();
        json!({"level": entry.level.as_str(), "sentence": entry.sentence, "request": rows, "help": entry.help})
    });
    let mut members = vec![
        ("outcome", json!(case.outcome.words())),
        ("message", json!(case.answer.headline)),
        ("suite", json!(case.suite)),
    ];
    if let Some(place) = place {
        let at = place.source.position(place.span.start());
        members.push(("at", json!({"file": place.source.name(), "line": at.line, "column": at.column})));
    }
    members.push(("evidence", evidence.collect()));
    let lines = members.into_iter().map(|(name, value)| format!("  {name}: {value}\n"));
    format!("  ---\n{}  ...\n", lines.collect::<String>())
}
