//! Cases as a comment on a pull request: the counts, what does not hold with its evidence, and a list of the rest.

use super::escape::{code, plain, text};
use super::sheet::Sheet;
use crate::entry::{Entry, Level};
use crate::{Case, CaseOutcome, Run};
use std::fmt::Write as _;

/// How many places are linked to of one entry.
const MOST_PLACES: usize = 3;

/// Cases as Markdown; ends with a line feed.
#[must_use]
pub fn to_markdown(run: &Run) -> String {
    let mut sheet = Sheet::default();
    let worst = run.cases.iter().map(|case| case.outcome).max().unwrap_or(CaseOutcome::Holds);
    sheet.add(&format!("## polsim: {}\n\n{}\n\n", sign(worst), plain(&run.counts())));
    for case in run.cases.iter().filter(|case| is_pressing(case)) {
        sheet.add(&told(case));
    }
    let calm: Vec<&Case> = run.cases.iter().filter(|case| !is_pressing(case)).collect();
    if !calm.is_empty() {
        sheet.add("| | claim | suite |\n|---|---|---|\n");
        for case in calm {
            sheet.add(&format!(
                "| {} | {} | {} |\n",
                sign(case.outcome),
                text(&case.name),
                code(&case.suite)
            ));
        }
        sheet.add("\n");
    }
    for note in &run.notes {
        sheet.add(&format!("- {}\n", text(note)));
    }
    sheet.finish()
}

fn is_pressing(case: &Case) -> bool {
    !matches!(case.outcome, CaseOutcome::Holds | CaseOutcome::Skipped)
}

/// A sign with its word; signs alone say nothing to those who listen.
pub(super) fn sign(outcome: CaseOutcome) -> String {
    let sign = match outcome {
        CaseOutcome::Holds => "✅",
        CaseOutcome::Skipped => "➖",
        CaseOutcome::Undecided => "❔",
        CaseOutcome::Fails => "❌",
        CaseOutcome::BadInput => "⚠️",
    };
    format!("{sign} {}", outcome.words())
}

fn told(case: &Case) -> String {
    let mut out = format!("### {} – {}\n\n", sign(case.outcome), text(&case.name));
    if let Some(place) = &case.place {
        let at = place.source.position(place.span.start());
        let _ = writeln!(out, "{}\n", code(&format!("{}:{}", place.source.name(), at.line)));
    }
    if case.answer.headline != case.name && !case.name.ends_with(&case.answer.headline) {
        let _ = writeln!(out, "{}.\n", text(&case.answer.headline));
    }
    for entry in &case.answer.entries {
        out.push_str(&evidence(entry));
    }
    for note in &case.answer.notes {
        let _ = writeln!(out, "- {}", text(note));
    }
    out.push('\n');
    out
}

/// An entry as an item of a list, with its table below.
fn evidence(entry: &Entry) -> String {
    let mark = match entry.level {
        Level::Error => "error: ",
        Level::Warning => "warning: ",
        Level::Advice => "advice: ",
        Level::Denies | Level::Allows | Level::Fact => "",
    };
    let mut out = format!("- {mark}{}", text(&entry.sentence));
    for place in entry.places.iter().take(MOST_PLACES) {
        let at = place.source.position(place.span.start());
        let _ = write!(out, " ({})", code(&format!("{}:{}:{}", place.source.name(), at.line, at.column)));
    }
    out.push('\n');
    if let Some(help) = &entry.help {
        let _ = writeln!(out, "  - {}", text(help));
    }
    let rows = entry.rows.iter().map(|row| (row.key.as_str(), row.value.as_str(), row.note.as_deref()));
    out.push_str(&table(rows));
    out
}

/// A table of keys and values.
pub(super) fn table<'r>(rows: impl Iterator<Item = (&'r str, &'r str, Option<&'r str>)>) -> String {
    let mut out = String::new();
    for (key, value, note) in rows {
        if out.is_empty() {
            out.push_str("\n  | key | value |\n  |---|---|\n");
        }
        let note = note.map(|note| format!(" {}", plain(note))).unwrap_or_default();
        let _ = writeln!(out, "  | {} | {}{note} |", plain(key), code(value));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
