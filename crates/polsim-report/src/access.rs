//! Who can do what, as a list: text, JSON of the schemas `polsim.who-can/1` and `polsim.what-can/1`, and CSV.
//!
//! ```json
//! {
//!   "schema": "polsim.who-can/1",
//!   "tool": {"name": "polsim", "version": "0.1.0"},
//!   "question": "s3:GetObject on arn:aws:s3:::b/*", "exit": 0,
//!   "rows": [{
//!     "principal": "arn:…", "name": "app", "outside": null, "action": "s3:GetObject", "resource": "arn:…",
//!     "ways": ["none", "vpce-…"],
//!     "standing": "conditions",
//!     "grants": ["Allow `Read` of role.json"], "limits": ["Deny `Tls` of rcp.json if Bool aws:SecureTransport = false"],
//!     "allowed": [{"key": "aws:SecureTransport", "value": "true"}],
//!     "refused": [{"key": "aws:SecureTransport", "value": "false"}],
//!     "reason": null
//!   }],
//!   "notes": ["…"]
//! }
//! ```
//!
//! `standing` is `always`, `conditions` or `unknown`; who is never allowed has no row. In CSV a list is joined by `; `, and
//! a cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an
//! apostrophe in front.

use crate::entry::{Entry, Level, Row};
use crate::report::{Conclusion, Exit, Report, Verb};
use serde::Serialize;

/// Who can do what, as a list.
#[derive(Clone, Debug, Serialize)]
pub struct Listing {
    schema: &'static str,
    tool: Tool,
    /// What was asked, in words.
    question: String,
    exit: u8,
    /// What is possible.
    pub rows: Vec<AccessRow>,
    /// What one should know besides.
    pub notes: Vec<String>,
    #[serde(skip)]
    verb: Verb,
    #[serde(skip)]
    headline: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Something that somebody can do.
#[derive(Clone, Debug, Serialize)]
pub struct AccessRow {
    /// Who: an ARN, the name of a service, or `anonymous`.
    pub principal: String,
    /// What the environment calls it.
    pub name: Option<String>,
    /// What it is when the environment does not describe it.
    pub outside: Option<String>,
    /// What.
    pub action: String,
    /// With what.
    pub resource: String,
    /// On which ways: ids of endpoints, or `none`.
    pub ways: Vec<String>,
    /// Whether always.
    pub standing: AccessStanding,
    /// The statements that grant it, with their conditions.
    pub grants: Vec<String>,
    /// The statements that take it away, with theirs.
    pub limits: Vec<String>,
    /// A request that is allowed.
    pub allowed: Vec<Fact>,
    /// A request that is not.
    pub refused: Vec<Fact>,
    /// Why it is not decided.
    pub reason: Option<String>,
}

/// Whether something is always possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessStanding {
    /// Every request is allowed.
    Always,
    /// Some are.
    Conditions,
    /// It is not decided whether any is.
    Unknown,
}

/// One line of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// `resource`, or a condition key.
    pub key: String,
    /// What it holds.
    pub value: String,
}

impl Listing {
    /// What was found out; `headline` follows the word and a colon.
    #[must_use]
    pub fn new(
        verb: Verb,
        question: String,
        headline: String,
        rows: Vec<AccessRow>,
        notes: Vec<String>,
    ) -> Self {
        let is_open = rows.iter().any(|row| row.standing == AccessStanding::Unknown);
        let exit = if is_open { Exit::Undecided } else { Exit::Holds };
        Self {
            schema: if verb == Verb::WhatCan { "polsim.what-can/1" } else { "polsim.who-can/1" },
            tool: Tool { name: "polsim", version: env!("CARGO_PKG_VERSION") },
            question,
            exit: exit.code(),
            rows,
            notes,
            verb,
            headline,
        }
    }

    /// What the process ends with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        if self.exit == Exit::Holds.code() { Exit::Holds } else { Exit::Undecided }
    }

    /// As JSON; ends with a line feed.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings and numbers under fixed names: this cannot fail.
        serde_json::to_string_pretty(self).map_or(String::new(), |text| text + "\n")
    }

    /// As CSV with a head, in the form of RFC 4180.
    ///
    /// # Errors
    /// What the writer says; it writes into memory.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "principal",
            "name",
            "outside",
            "action",
            "resource",
            "ways",
            "standing",
            "grants",
            "limits",
            "allowed",
            "refused",
            "reason",
        ])?;
        for row in &self.rows {
            let facts = |facts: &[Fact]| {
                facts.iter().map(|fact| format!("{}={}", fact.key, fact.value)).collect::<Vec<_>>().join("; ")
            };
            let cells = [
                row.principal.clone(),
                row.name.clone().unwrap_or_default(),
                row.outside.clone().unwrap_or_default(),
                row.action.clone(),
                row.resource.clone(),
                row.ways.join("; "),
                row.standing.as_str().to_owned(),
                row.grants.join("; "),
                row.limits.join("; "),
                facts(&row.allowed),
                facts(&row.refused),
                row.reason.clone().unwrap_or_default(),
            ];
            writer.write_record(cells.map(harmless))?;
        }
        let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// As a report for people: an entry for each principal, with the conditions as its evidence.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::new(self.verb, Conclusion::Listed, self.headline.clone(), self.exit());
        if self.exit() == Exit::Undecided {
            report.conclusion = Conclusion::Undecided;
        }
        report.entries = self.rows.iter().map(|row| row.entry(self.verb)).collect();
        report.notes.clone_from(&self.notes);
        report
    }
}

impl AccessRow {
    fn entry(&self, verb: Verb) -> Entry {
        let mut sentence = match verb {
            Verb::WhatCan => format!("{} on {}", self.action, self.resource),
            _ => self
                .name
                .as_ref()
                .map_or(self.principal.clone(), |name| format!("{name} ({})", self.principal)),
        };
        if let Some(outside) = &self.outside {
            sentence.push_str(&format!(", {outside}"));
        }
        sentence.push_str(match self.standing {
            AccessStanding::Always => ": always",
            AccessStanding::Conditions => ": under conditions",
            AccessStanding::Unknown => ": not decided",
        });
        let level = if self.standing == AccessStanding::Unknown { Level::Warning } else { Level::Allows };
        let mut rows = Vec::new();
        let way = |way: &String| if way == "none" { "no endpoint".to_owned() } else { way.clone() };
        rows.push(Row::new("ways", self.ways.iter().map(way).collect::<Vec<_>>().join(", ")));
        if verb != Verb::WhatCan {
            rows.push(Row::new("resource", self.resource.clone()));
        }
        rows.extend(self.grants.iter().map(|grant| Row::new("granted by", grant.clone())));
        rows.extend(self.limits.iter().map(|limit| Row::new("taken away by", limit.clone())));
        let facts = |facts: &[Fact]| {
            facts.iter().map(|fact| format!("{} = {}", fact.key, fact.value)).collect::<Vec<_>>().join(", ")
        };
        for (key, example) in [("allowed with", &self.allowed), ("refused with", &self.refused)] {
            rows.extend((!example.is_empty()).then(|| Row::new(key, facts(example))));
        }
        rows.extend(self.reason.iter().map(|reason| Row::new("because", reason.clone())));
        Entry::new(level, sentence).with_rows(rows)
    }
}

impl AccessStanding {
    fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Conditions => "conditions",
            Self::Unknown => "unknown",
        }
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(principal: &str) -> AccessRow {
        AccessRow {
            principal: principal.to_owned(),
            name: Some("a,b".to_owned()),
            outside: None,
            action: "s3:GetObject".to_owned(),
            resource: "*".to_owned(),
            ways: vec!["none".to_owned(), "vpce-1".to_owned()],
            standing: AccessStanding::Always,
            grants: Vec::new(),
            limits: Vec::new(),
            allowed: Vec::new(),
            refused: Vec::new(),
            reason: None,
        }
    }

    #[test]
    fn cells_are_quoted_and_run_no_formula() {
        let rows = vec![row("=cmd|' /C calc'!A0")];
        let listing = Listing::new(Verb::WhoCan, String::new(), String::new(), rows, Vec::new());
        let text = listing.to_csv().unwrap();
        let line = text.lines().nth(1).unwrap();
        assert_eq!(line, "'=cmd|' /C calc'!A0,\"a,b\",,s3:GetObject,*,none; vpce-1,always,,,,,");
    }

    #[test]
    fn what_is_not_decided_ends_so() {
        let open = AccessRow { standing: AccessStanding::Unknown, ..row("a") };
        let of = |rows| Listing::new(Verb::WhoCan, String::new(), String::new(), rows, Vec::new());
        assert_eq!(of(vec![row("a"), open]).exit(), Exit::Undecided);
        assert_eq!(of(vec![row("a")]).report().exit, Exit::Holds);
    }
}
