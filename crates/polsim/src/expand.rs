//! `polsim expand`: which actions do patterns match?

use crate::read::{Origin, ReadError, Reader};
use crate::reference::{no_action, open, unmatched};
use polsim_arn::ActionPattern;
use polsim_report::from::words::count;
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Row, Verb};
use std::collections::BTreeSet;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Expand {
    /// Patterns of actions; `-` stands for those of standard input, one a line.
    pub patterns: Vec<String>,
    /// A file of facts that are not AWS's.
    pub file: Option<Origin>,
}

/// The actions that patterns match.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// Each action once, by service and name.
    pub actions: Vec<String>,
    /// What matches nothing, and the answer for programs.
    pub report: Report,
}

/// Expands patterns. A pattern that matches nothing is told of and does not keep the others from being expanded.
#[must_use]
pub fn expand(question: &Expand, reader: &Reader) -> Expansion {
    let refused =
        |entries| Expansion { actions: Vec::new(), report: Report::bad_input(Verb::Expand, entries) };
    let reference = match open(question.file.as_ref(), reader) {
        Ok(reference) => reference,
        Err(entries) => return refused(entries),
    };
    let patterns = match patterns(question, reader) {
        Ok(patterns) => patterns,
        Err(error) => return refused(vec![error.entry()]),
    };
    let mut actions = BTreeSet::new();
    let mut entries = Vec::new();
    for text in &patterns {
        match ActionPattern::parse(text) {
            Err(error) => entries.push(*no_action(text, &error.to_string())),
            Ok(pattern) => {
                let mut matching = reference.matching(&pattern).peekable();
                if matching.peek().is_none() {
                    entries.push(*unmatched(&reference, &pattern));
                }
                actions.extend(matching.map(|action| (action.service(), action.name(), action.level())));
            }
        }
    }
    let (conclusion, exit, headline) = match entries.len() {
        0 => (Conclusion::Known, Exit::Holds, count(actions.len(), "action")),
        number => {
            let headline = match patterns.len() {
                1 => "the pattern matches no action".to_owned(),
                all => format!("of {all} patterns, {number} without a match"),
            };
            (Conclusion::Unknown, Exit::BadInput, headline)
        }
    };
    let rows =
        actions.iter().map(|(service, name, level)| Row::new(format!("{service}:{name}"), level.as_str()));
    let listed = Entry::new(Level::Fact, count(actions.len(), "action")).with_rows(rows.collect());
    entries.insert(0, listed);
    let actions = actions.iter().map(|(service, name, _)| format!("{service}:{name}")).collect();
    Expansion { actions, report: Report { entries, ..Report::new(Verb::Expand, conclusion, headline, exit) } }
}

/// The patterns in order, those of standard input in place of `-`.
fn patterns(question: &Expand, reader: &Reader) -> Result<Vec<String>, ReadError> {
    let mut patterns = Vec::new();
    for text in &question.patterns {
        if text == "-" {
            let source = reader.read(&Origin::Stdin)?;
            let lines = source.text().lines().map(str::trim).filter(|line| !line.is_empty());
            patterns.extend(lines.map(str::to_owned));
        } else {
            patterns.push(text.clone());
        }
    }
    Ok(patterns)
}
