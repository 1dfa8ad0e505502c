//! Suites that were run: as text for people and as JSON of the schema `polsim.test/1`. JUnit, TAP and the others read the
//! same cases.

use crate::entry::{Entry, Level};
use crate::harmless::harmless;
use crate::report::{Conclusion, Exit, Report, Verb};
use crate::terminal::{Look, draw};
use crate::{Case, CaseOutcome, Run, to_json};
use anstyle::AnsiColor;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Suites that were run.
#[derive(Clone, Debug, Default)]
pub struct Tested {
    /// The cases.
    pub run: Run,
    /// What could not be read or used.
    pub problems: Vec<Entry>,
    /// Which parts of which statements the cases exercise, where that was asked.
    pub coverage: Option<Vec<CoveredFile>>,
    /// The least coverage in percent, where one is wanted.
    pub least: Option<u8>,
    /// The changes of policies that no case notices, and how many were tried, where that was asked.
    pub survivors: Option<(Vec<Entry>, usize)>,
}

/// A policy with what of it is exercised.
#[derive(Clone, Debug, Serialize)]
pub struct CoveredFile {
    /// The file.
    pub path: String,
    /// Its statements, in the order of the text.
    pub statements: Vec<CoveredStatement>,
}

/// A statement with what of it is exercised.
#[derive(Clone, Debug, Serialize)]
pub struct CoveredStatement {
    /// Such as `` Deny `OnlyEu` ``.
    pub name: String,
    /// The line that it begins in.
    pub line: usize,
    /// How many cases exercise it.
    pub hits: usize,
    /// Its elements.
    pub elements: Vec<CoveredPart>,
}

/// An element of a statement with how many cases exercise it.
#[derive(Clone, Debug, Serialize)]
pub struct CoveredPart {
    /// What it is, in words.
    pub what: String,
    /// The line.
    pub line: usize,
    /// How many cases exercise it.
    pub hits: usize,
}

impl Tested {
    /// What the process ends with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let mut exit = self.run.exit();
        if !self.problems.is_empty() {
            exit = exit.and(Exit::BadInput);
        }
        if self.is_below() {
            exit = exit.and(Exit::Fails);
        }
        exit
    }

    /// How many parts of statements there are, and how many of them are exercised; the statements themselves count.
    #[must_use]
    pub fn parts(&self) -> (usize, usize) {
        let statements = || self.coverage.iter().flatten().flat_map(|file| &file.statements);
        let hits = |statement: &CoveredStatement| {
            let parts = statement.elements.iter().map(|part| part.hits).chain([statement.hits]);
            parts.collect::<Vec<_>>()
        };
        let all: Vec<usize> = statements().flat_map(hits).collect();
        (all.len(), all.iter().filter(|hits| **hits > 0).count())
    }

    /// The parts that are exercised in percent, rounded down.
    #[must_use]
    pub fn percent(&self) -> usize {
        let (all, hit) = self.parts();
        (hit * 100).checked_div(all).unwrap_or(100)
    }

    fn is_below(&self) -> bool {
        self.coverage.is_some() && self.least.is_some_and(|least| self.percent() < usize::from(least))
    }

    /// The one line that says it all.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut line = self.run.counts();
        if !self.problems.is_empty() {
            let count = self.problems.len();
            let _ = write!(line, ", {count} problem{} in files", if count == 1 { "" } else { "s" });
        }
        if self.coverage.is_some() {
            let (all, hit) = self.parts();
            let _ = write!(line, "; coverage {}% ({hit} of {all})", self.percent());
            if let (true, Some(least)) = (self.is_below(), self.least) {
                let _ = write!(line, ", and {least}% is wanted");
            }
        }
        if let Some((survivors, tried)) = &self.survivors {
            let _ = write!(line, "; {} of {tried} mutants survive", survivors.len());
        }
        line
    }

    /// The cases, and a case for each file that could not be used: a test runner that counts cases sees it too.
    #[must_use]
    pub fn whole(&self) -> Run {
        let mut run = self.run.clone();
        for problem in &self.problems {
            let place = problem.primary();
            let suite = place.map_or("suites", |place| place.source.name());
            let answer = Report::bad_input(Verb::Test, vec![problem.clone()]);
            let place = place.cloned();
            run.cases.push(Case { place, ..Case::of(suite, problem.sentence.clone(), answer) });
        }
        run
    }

    /// What is wrong as one report, for formats that have no cases.
    #[must_use]
    pub fn report(&self) -> Report {
        let exit = self.exit();
        let conclusion = match exit {
            Exit::Holds => Conclusion::Holds,
            Exit::Fails => Conclusion::Fails,
            Exit::BadInput => Conclusion::BadInput,
            Exit::Undecided => Conclusion::Undecided,
        };
        let mut report = Report::new(Verb::Test, conclusion, self.summary(), exit);
        report.entries.clone_from(&self.problems);
        for case in self.run.cases.iter().filter(|case| is_told(case)) {
            let level = if case.outcome == CaseOutcome::Undecided { Level::Warning } else { Level::Error };
            let sentence = format!("{} {}: {}", case.name, case.outcome.words(), case.answer.headline);
            let mut entry = Entry::new(level, sentence);
            entry.places.extend(case.place.clone());
            entry.help.clone_from(&case.reason);
            report.entries.push(entry);
        }
        report.entries.extend(self.survivors.iter().flat_map(|(entries, _)| entries.iter().cloned()));
        report.notes.clone_from(&self.run.notes);
        report
    }
}

fn is_told(case: &Case) -> bool {
    !matches!(case.outcome, CaseOutcome::Holds | CaseOutcome::Skipped)
}

/// Draws suites that were run: what is wrong with evidence, and one line at the end.
#[must_use]
pub fn draw_tested(tested: &Tested, look: &Look) -> String {
    let mut text = String::new();
    if !tested.problems.is_empty() {
        text.push_str(&draw(&Report::bad_input(Verb::Test, tested.problems.clone()), look));
        text.push('\n');
    }
    for case in &tested.run.cases {
        let (word, colour) = match case.outcome {
            CaseOutcome::Holds
                if case.answer.notes.iter().any(|note| note.starts_with("it was to be skipped")) =>
            {
                ("holds", AnsiColor::Yellow)
            }
            CaseOutcome::Holds => continue,
            CaseOutcome::Skipped => ("skipped", AnsiColor::Yellow),
            CaseOutcome::Undecided => ("undecided", AnsiColor::Yellow),
            CaseOutcome::Fails => ("fails", AnsiColor::Red),
            CaseOutcome::BadInput => ("bad input", AnsiColor::Red),
        };
        let place = case.place.as_ref().map_or_else(String::new, |place| {
            format!("  {}:{}", place.source.name(), place.source.position(place.span.start()).line)
        });
        let _ = writeln!(
            text,
            "{} {}{}",
            look.paint(&format!("{word}:"), colour),
            harmless(&case.name),
            harmless(&place)
        );
        if let Some(reason) = &case.reason {
            let _ = writeln!(text, "because: {}", harmless(reason));
        }
        if is_told(case) {
            text.push_str(&draw(&case.answer, look));
        } else {
            for note in &case.answer.notes {
                if note.starts_with("it was to be skipped") {
                    let _ = writeln!(text, "note: {}", harmless(note));
                }
            }
        }
        text.push('\n');
    }
    if let Some(files) = &tested.coverage {
        text.push_str(&coverage(files, look));
    }
    if let Some((survivors, _)) = &tested.survivors
        && !survivors.is_empty()
    {
        let report = Report {
            entries: survivors.clone(),
            ..Report::new(Verb::Test, Conclusion::Found, "changes that no case notices", Exit::Holds)
        };
        text.push_str(&draw(&report, look));
        text.push('\n');
    }
    for note in &tested.run.notes {
        let _ = writeln!(text, "note: {}", harmless(note));
    }
    let exit = tested.exit();
    let colour = match exit {
        Exit::Holds => AnsiColor::Green,
        Exit::Undecided => AnsiColor::Yellow,
        Exit::Fails | Exit::BadInput => AnsiColor::Red,
    };
    let _ = writeln!(text, "{}", look.paint(&tested.summary(), colour));
    text
}

/// What is not exercised, by file.
fn coverage(files: &[CoveredFile], look: &Look) -> String {
    let mut text = String::new();
    for file in files {
        let parts = || {
            file.statements
                .iter()
                .flat_map(|statement| statement.elements.iter().map(|part| part.hits).chain([statement.hits]))
        };
        let (all, hit) = (parts().count(), parts().filter(|hits| *hits > 0).count());
        let _ = writeln!(text, "coverage: {} {hit} of {all}", harmless(&file.path));
        for statement in &file.statements {
            let mut missing: Vec<String> = Vec::new();
            if statement.hits == 0 {
                missing.push("never exercised".to_owned());
            } else {
                let never = statement.elements.iter().filter(|part| part.hits == 0);
                missing.extend(never.map(|part| format!("line {}: never that {}", part.line, part.what)));
            }
            for what in missing {
                let line = format!("  {}:{} {} {what}", file.path, statement.line, statement.name);
                let _ = writeln!(text, "{}", look.paint(&harmless(&line), AnsiColor::Yellow));
            }
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Suites that were run as JSON; ends with a line feed. The schema is `polsim.test/1`: `counts` by outcome, `cases` with
/// `name`, `suite`, `line`, `tags`, `reason`, `outcome` and `answer` (a report as other verbs print it), `problems`,
/// `coverage` (`found`, `hit`, `percent`, `files`) and `mutants` (`tried`, `survivors`).
#[must_use]
pub fn to_tested_json(tested: &Tested) -> String {
    let nested = |report: &Report| serde_json::from_str::<Value>(&to_json(report)).unwrap_or(Value::Null);
    let counts: serde_json::Map<String, Value> = CaseOutcome::ALL
        .iter()
        .map(|outcome| (outcome.words().replace(' ', "-"), json!(tested.run.count(*outcome))))
        .collect();
    let cases = tested.run.cases.iter().map(|case| {
        let line = case.place.as_ref().map(|place| place.source.position(place.span.start()).line);
        json!({
            "name": case.name, "suite": case.suite, "line": line, "tags": case.tags, "reason": case.reason,
            "outcome": case.outcome, "answer": nested(&case.answer),
        })
    });
    let cases: Vec<Value> = cases.collect();
    let listed = |entries: &[Entry]| {
        let report = Report {
            entries: entries.to_vec(),
            ..Report::new(Verb::Test, Conclusion::Listed, "", Exit::Holds)
        };
        nested(&report).get("entries").cloned().unwrap_or(Value::Null)
    };
    let (found, hit) = tested.parts();
    let coverage = tested
        .coverage
        .as_ref()
        .map(|files| json!({ "found": found, "hit": hit, "percent": tested.percent(), "files": files }));
    let mutants = tested
        .survivors
        .as_ref()
        .map(|(survivors, tried)| json!({ "tried": tried, "survivors": listed(survivors) }));
    let json = json!({
        "schema": "polsim.test/1",
        "tool": { "name": "polsim", "version": env!("CARGO_PKG_VERSION") },
        "exit": tested.exit().code(),
        "summary": tested.summary(),
        "counts": counts,
        "cases": cases,
        "problems": listed(&tested.problems),
        "coverage": coverage,
        "mutants": mutants,
        "notes": tested.run.notes,
    });
    serde_json::to_string_pretty(&json).map_or(String::new(), |text| text + "\n")
}
