//! Reports for programs: JSON of the schema `polsim.report/1`.
//!
//! ```json
//! {
//!   "schema": "polsim.report/1",
//!   "tool": {"name": "polsim", "version": "0.1.0"},
//!   "verb": "check",
//!   "conclusion": "refuted",
//!   "headline": "…",
//!   "exit": 1,
//!   "entries": [{
//!     "code": null, "clause": null, "level": "denies", "sentence": "…", "help": null,
//!     "finding": null,
//!     "evidence": [{"key": "principal", "value": "…", "note": null}],
//!     "places": [{
//!       "path": "policy.json", "primary": true, "label": "…",
//!       "bytes": [120, 131],
//!       "start": {"line": 4, "column": 14}, "end": {"line": 4, "column": 25}
//!     }]
//!   }],
//!   "notes": ["…"]
//! }
//! ```
//!
//! The conclusions are `valid`, `invalid` (validate); `allow`, `explicit-deny`, `implicit-deny`, `depends` (simulate);
//! `proved`, `refuted`, `undecided` (check); `known`, `unknown` (reference, expand); `clean`, `findings` (lint); `listed`
//! (assumptions); `reached`, `not-reached`, `as-expected`, `not-as-expected` (reach); and `bad-input`. A finding of the linter is
//! `{"rule": "unique-sids", "severity": "error", "confidence": "high", "fingerprint": "…", "path": "/Statement/0", "fix":
//! {"title": "…", "safe": true, "edits": [{"bytes": [120, 131], "text": ""}]}}`, its code is that of the rule. The levels are `error`, `warning`, `advice`, `denies`,
//! `allows` and `fact`. Lines and columns count from one, columns in characters; `bytes` is a half-open range from
//! zero. Texts are as they are, control characters escaped. Members are only ever added under this name; a change of
//! what one means gets a new one.

use crate::entry::{Entry, FindingFacts, Place};
use crate::report::Report;
use polsim_lint::Safety;
use polsim_text::Position;
use serde::Serialize;

/// The name and version of the schema.
pub const SCHEMA: &str = "polsim.report/1";

/// A report as JSON; ends with a line feed.
#[must_use]
pub fn to_json(report: &Report) -> String {
    let json = ReportJson {
        schema: SCHEMA,
        tool: Tool { name: "polsim", version: env!("CARGO_PKG_VERSION") },
        verb: report.verb.as_str(),
        conclusion: report.conclusion.as_str(),
        headline: &report.headline,
        exit: report.exit.code(),
        entries: report.entries.iter().map(EntryJson::of).collect(),
        notes: &report.notes,
    };
    // Strings and numbers under fixed names: this cannot fail.
    serde_json::to_string_pretty(&json).map_or(String::new(), |text| text + "\n")
}

#[derive(Serialize)]
struct ReportJson<'r> {
    schema: &'static str,
    tool: Tool,
    verb: &'static str,
    conclusion: &'static str,
    headline: &'r str,
    exit: u8,
    entries: Vec<EntryJson<'r>>,
    notes: &'r [String],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct EntryJson<'r> {
    code: Option<&'static str>,
    clause: Option<&'static str>,
    level: &'static str,
    sentence: &'r str,
    help: Option<&'r str>,
    finding: Option<FindingJson<'r>>,
    evidence: Vec<RowJson<'r>>,
    places: Vec<PlaceJson<'r>>,
}

#[derive(Serialize)]
struct RowJson<'r> {
    key: &'r str,
    value: &'r str,
    note: Option<&'r str>,
}

#[derive(Serialize)]
struct PlaceJson<'r> {
    path: &'r str,
    primary: bool,
    label: Option<&'r str>,
    bytes: [usize; 2],
    start: PositionJson,
    end: PositionJson,
}

#[derive(Serialize)]
struct PositionJson {
    line: usize,
    column: usize,
}

impl<'r> EntryJson<'r> {
    fn of(entry: &'r Entry) -> Self {
        Self {
            code: entry.code,
            clause: entry.clause,
            level: entry.level.as_str(),
            sentence: &entry.sentence,
            help: entry.help.as_deref(),
            finding: entry.finding.as_deref().map(FindingJson::of),
            evidence: entry
                .rows
                .iter()
                .map(|row| RowJson { key: &row.key, value: &row.value, note: row.note.as_deref() })
                .collect(),
            places: entry.places.iter().map(PlaceJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'static str,
    severity: &'static str,
    confidence: &'static str,
    fingerprint: &'r str,
    path: String,
    fix: Option<FixJson<'r>>,
}

#[derive(Serialize)]
struct FixJson<'r> {
    title: &'r str,
    safe: bool,
    edits: Vec<EditJson<'r>>,
}

#[derive(Serialize)]
struct EditJson<'r> {
    bytes: [usize; 2],
    text: &'r str,
}

impl<'r> FindingJson<'r> {
    fn of(finding: &'r FindingFacts) -> Self {
        Self {
            rule: finding.rule.name,
            severity: finding.severity.as_str(),
            confidence: finding.confidence.as_str(),
            fingerprint: &finding.fingerprint,
            path: finding.pointer(),
            fix: finding.fix.as_ref().map(|fix| FixJson {
                title: &fix.title,
                safe: fix.safety == Safety::Safe,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| EditJson { bytes: [edit.span.start(), edit.span.end()], text: &edit.text })
                    .collect(),
            }),
        }
    }
}

impl<'r> PlaceJson<'r> {
    fn of(place: &'r Place) -> Self {
        let (start, end) = (place.span.start(), place.span.end());
        Self {
            path: place.source.name(),
            primary: place.primary,
            label: place.label.as_deref(),
            bytes: [start, end],
            start: place.source.position(start).into(),
            end: place.source.position(end).into(),
        }
    }
}

impl From<Position> for PositionJson {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}
