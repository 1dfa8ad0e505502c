//! Claims with their answers, as every format for test runners has them: JUnit, TAP, annotations, a comment on a pull
//! request. One model, so that formats cannot disagree about what held.
//!
//! A newcomer would doubt that findings are cases. They are where a test runner asks: a file is a suite, a finding one of
//! its tests that failed.

use crate::entry::{Entry, Level, Place};
use crate::report::{Conclusion, Exit, Report, Verb};
use std::time::Duration;

/// Cases that were run together.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The cases, in the order of their files.
    pub cases: Vec<Case>,
    /// What one should know besides.
    pub notes: Vec<String>,
}

/// A claim with its answer.
#[derive(Clone, Debug)]
pub struct Case {
    /// What people call it; the claim itself where it has no name.
    pub name: String,
    /// The suite that it stands in: the file, as a rule.
    pub suite: String,
    /// Where it is written.
    pub place: Option<Place>,
    /// Words to choose cases by.
    pub tags: Vec<String>,
    /// Why it is claimed; of a skipped case, why it is skipped.
    pub reason: Option<String>,
    /// How it ended.
    pub outcome: CaseOutcome,
    /// How long it took, where that was measured.
    pub time: Option<Duration>,
    /// The answer.
    pub answer: Report,
}

/// How a case ended.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CaseOutcome {
    /// The claim holds.
    Holds,
    /// It was left out, and says why.
    Skipped,
    /// It is neither proved nor refuted.
    Undecided,
    /// It does not hold.
    Fails,
    /// It cannot be asked.
    BadInput,
}

impl CaseOutcome {
    /// All, the best first.
    pub const ALL: [Self; 5] = [Self::Holds, Self::Skipped, Self::Undecided, Self::Fails, Self::BadInput];

    /// The words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Skipped => "skipped",
            Self::Undecided => "undecided",
            Self::Fails => "fails",
            Self::BadInput => "bad input",
        }
    }

    /// What a process that ran nothing else ends with.
    #[must_use]
    pub fn exit(self) -> Exit {
        match self {
            Self::Holds | Self::Skipped => Exit::Holds,
            Self::Undecided => Exit::Undecided,
            Self::Fails => Exit::Fails,
            Self::BadInput => Exit::BadInput,
        }
    }
}

impl From<Exit> for CaseOutcome {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Holds => Self::Holds,
            Exit::Fails => Self::Fails,
            Exit::BadInput => Self::BadInput,
            Exit::Undecided => Self::Undecided,
        }
    }
}

impl Case {
    /// The case of an answer that stands by itself.
    #[must_use]
    pub fn of(suite: impl Into<String>, name: impl Into<String>, answer: Report) -> Self {
        Self {
            name: name.into(),
            suite: suite.into(),
            place: None,
            tags: Vec::new(),
            reason: None,
            outcome: answer.exit.into(),
            time: None,
            answer,
        }
    }
}

impl Run {
    /// A report as cases: each finding or problem of a verb that lists them, and one case of any other answer.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut run = Self { cases: Vec::new(), notes: report.notes.clone() };
        if !matches!(report.verb, Verb::Lint | Verb::Validate) || report.entries.is_empty() {
            let answer = Report { notes: Vec::new(), ..report.clone() };
            run.cases.push(Case::of(report.verb.as_str(), report.headline.clone(), answer));
            return run;
        }
        run.cases = report.entries.iter().map(|entry| of_entry(report, entry)).collect();
        run
    }

    /// How many cases ended so.
    #[must_use]
    pub fn count(&self, outcome: CaseOutcome) -> usize {
        self.cases.iter().filter(|case| case.outcome == outcome).count()
    }

    /// What the process ends with: the worst of the cases counts.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.cases.iter().fold(Exit::Holds, |exit, case| exit.and(case.outcome.exit()))
    }

    /// The counts in words: `3 hold, 1 fails`.
    #[must_use]
    pub fn counts(&self) -> String {
        let told = CaseOutcome::ALL.into_iter().map(|outcome| (self.count(outcome), outcome));
        let told: Vec<String> =
            told.filter(|(count, _)| *count > 0).map(|(count, o)| counted(count, o)).collect();
        if told.is_empty() { "no case".to_owned() } else { told.join(", ") }
    }
}

/// A number of cases that ended alike.
fn counted(count: usize, outcome: CaseOutcome) -> String {
    let words = match (outcome, count) {
        (CaseOutcome::Holds, 2..) => "hold",
        (CaseOutcome::Fails, 2..) => "fail",
        (outcome, _) => outcome.words(),
    };
    format!("{count} {words}")
}

fn of_entry(report: &Report, entry: &Entry) -> Case {
    let place = entry.primary();
    let suite = place.map_or(report.verb.as_str(), |place| place.source.name());
    let code = entry.code.map(|code| format!("{code}: ")).unwrap_or_default();
    let fails = match (&entry.finding, report.fail_on) {
        (Some(finding), Some(fail_on)) => finding.severity >= fail_on,
        _ => matches!(entry.level, Level::Error | Level::Denies),
    };
    let exit = match (fails, report.exit) {
        (false, _) => Exit::Holds,
        // A finding beside a file that cannot be read is no worse than it is.
        (true, Exit::BadInput) if entry.finding.is_none() => Exit::BadInput,
        (true, _) => Exit::Fails,
    };
    let conclusion = if exit == Exit::Holds { Conclusion::Valid } else { report.conclusion };
    let answer = Report {
        entries: vec![entry.clone()],
        ..Report::new(report.verb, conclusion, entry.sentence.clone(), exit)
    };
    let name = format!("{code}{}", entry.sentence);
    Case { place: place.cloned(), ..Case::of(suite, name, answer) }
}
