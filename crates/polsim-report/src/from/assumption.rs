//! The table of facts about real requests that proofs may use, as a report.

use crate::{Conclusion, Entry, Exit, Level, Report, Row, Verb};
use polsim_prove::Assumption;

/// The report of all assumptions.
#[must_use]
pub fn report() -> Report {
    let headline =
        format!("{} facts about real requests; a proof lists those that it needed", Assumption::ALL.len());
    let entries = Assumption::ALL.iter().map(|assumption| {
        let rows = vec![
            Row::new("default", assumption.standing().as_str()),
            Row::new("clause", assumption.clause()),
            Row::new("limits", assumption.limits()),
        ];
        Entry::new(Level::Fact, assumption.to_string()).with_code(assumption.id()).with_rows(rows)
    });
    Report {
        entries: entries.collect(),
        notes: vec![
            "`polsim check --assume ID` and `--no-assume ID` switch those that are on or off".to_owned(),
        ],
        ..Report::new(Verb::Assumptions, Conclusion::Listed, headline, Exit::Holds)
    }
}
