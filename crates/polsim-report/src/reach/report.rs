//! The answer as a report: an entry for each subnet, with the steps that led to its way and the keys that this sets.

use super::answer::{Reached, Stand, SubnetReach};
use crate::from::words;
use crate::{Entry, Exit, Level, Place, Report, Row, Verb};
use polsim_eval::{KeyState, Truth};
use polsim_network::Step;

/// The report; `trace` shows also the steps that let a request pass and nothing else.
#[must_use]
pub fn report(reached: &Reached, trace: bool) -> Report {
    let mut report = Report::new(Verb::Reach, reached.conclusion(), reached.headline(), reached.exit());
    for subnet in &reached.subnets {
        report.entries.push(entry(subnet, trace));
        if let Some(decision) = &subnet.decision {
            let is_about_policy = |entry: &&Entry| matches!(entry.level, Level::Denies | Level::Allows);
            report.entries.extend(decision.entries.iter().filter(is_about_policy).cloned());
        }
    }
    if let Some(capacity) = &reached.capacity {
        let level = match capacity.exit() {
            Exit::Holds => Level::Allows,
            Exit::Fails | Exit::BadInput => Level::Denies,
            Exit::Undecided => Level::Warning,
        };
        let mut entry = Entry::new(level, capacity.sentence());
        entry.clause = Some("S6.6.2");
        report.entries.push(entry);
    }
    report.notes.clone_from(&reached.notes);
    for decision in reached.subnets.iter().filter_map(|subnet| subnet.decision.as_ref()) {
        for note in &decision.notes {
            if !report.notes.contains(note) {
                report.notes.push(note.clone());
            }
        }
    }
    report
}

fn entry(subnet: &SubnetReach, trace: bool) -> Entry {
    let level = match subnet.stand() {
        Stand::Works => Level::Allows,
        Stand::Denied | Stand::Lost => Level::Denies,
        Stand::Open => Level::Warning,
    };
    let zone = subnet.zone.as_ref().map_or(String::new(), |zone| format!(" in {zone}"));
    let sentence =
        format!("{}{zone}: {}, {}{}", subnet.name, subnet.way(), subnet.outcome(), subnet.because());
    let tells = |step: &&Step| trace || step.is_choice || step.holds != Truth::Yes || step.clause == "S6.3.1";
    let steps = &subnet.path.steps;
    let mut rows: Vec<Row> = steps.iter().filter(tells).map(row).collect();
    let passed = steps.len() - rows.len();
    if passed > 0 {
        let further =
            format!("{} on the way let it pass; `--trace` shows them", words::count(passed, "check"));
        rows.push(Row::new("", further));
    }
    rows.extend(subnet.path.keys().into_iter().map(|(key, state)| {
        let is_of_subnet = key == "aws:VpcSourceIp" && state == KeyState::Open;
        let value = match (&state, subnet.path.range) {
            (_, Some(range)) if is_of_subnet => format!("an address of {range}"),
            (KeyState::Open, _) => "an address that is not known".to_owned(),
            _ => words::key_state(&state),
        };
        Row::new(key, value)
    }));
    let mut entry = Entry::new(level, sentence).with_rows(rows);
    let why = subnet.path.why();
    entry.clause = Some(why.clause);
    if let Some(place) = &why.place {
        entry = entry.at(Place::primary(&place.source, place.span).saying("this decides"));
    }
    entry
}

fn row(step: &Step) -> Row {
    let note = match step.holds {
        Truth::Yes => None,
        Truth::No => Some("here it ends"),
        Truth::Open => Some("not known"),
    };
    let row = Row::new(step.clause, &step.sentence);
    match note {
        Some(note) => row.with_note(note),
        None => row,
    }
}
