//! `polsim report`: a review for people who decide, of policies, of an environment, of suites.
//!
//! A newcomer would doubt that it is written although something could not be read. What could be read still counts; the
//! review says what is missing, and its exit code does.

mod exposure;
mod overview;
mod policies;
mod question;

pub use question::ReportOf;

use crate::environment;
use crate::read::{Origin, Reader};
use polsim_reference::Reference;
use polsim_report::from::words;
use polsim_report::review::{Material, Outcome, Review};
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Verb};
use std::path::Path;

/// A review, and the report of how it ended.
#[derive(Debug)]
pub struct Reviewed {
    /// The review.
    pub review: Review,
    /// How it ended.
    pub report: Report,
    /// What could not be read or used.
    pub problems: Vec<Entry>,
}

/// Reviews.
#[must_use]
pub fn review(question: &ReportOf, reader: &Reader) -> Reviewed {
    let mut entries = Vec::new();
    let mut notes = Vec::new();
    let world = question.environment.as_ref().and_then(|from| match environment::load(from, reader) {
        Ok(world) => Some(world),
        Err(wrong) => {
            entries.extend(wrong);
            None
        }
    });
    let mut policies = Vec::new();
    let mut fail_on = question.fail_on;
    let mut take = |looked: policies::Looked| {
        entries.extend(looked.entries);
        policies.extend(looked.policies);
        for note in looked.notes {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        fail_on = fail_on.or(looked.fail_on);
    };
    if !question.paths.is_empty() {
        take(policies::given(question, reader));
    }
    if let Some(world) = &world {
        take(policies::Looked { notes: world.notes.clone(), ..policies::Looked::default() });
        take(policies::hung(world, question, reader));
    }
    if policies.is_empty() && entries.is_empty() {
        let sentence = "there is nothing to review: no policy was found";
        entries.push(Entry::new(Level::Error, sentence).with_code("INP010"));
    }
    let problems = entries
        .iter()
        .filter(|entry| entry.finding.is_none() && entry.level == Level::Error)
        .cloned()
        .collect();
    let overview = world.as_ref().map(|world| overview::overview(world, &path_of(question)));
    let asks = question.not_public;
    let cases = world.as_ref().filter(|_| asks).map_or(Vec::new(), exposure::cases);
    let review = Review::of(Material {
        title: question.title.clone().unwrap_or_else(|| title(question)),
        date: question.date.clone(),
        reference: reference(),
        cases,
        entries,
        fail_on: fail_on.unwrap_or(polsim_lint::Severity::Medium),
        coverage: None,
        overview,
        policies,
        notes,
        inputs: reader.taken(),
    });
    let report = ended(&review);
    Reviewed { review, report, problems }
}

fn path_of(question: &ReportOf) -> String {
    question.environment.as_ref().map_or(String::new(), |from| from.origin.to_string())
}

/// What is reviewed, by the names of files and folders; their paths are among the inputs.
fn title(question: &ReportOf) -> String {
    let name = |path: &Path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    };
    let environment = question.environment.iter().map(|from| match &from.origin {
        Origin::File(path) => name(path),
        Origin::Stdin => "standard input".to_owned(),
        Origin::Text { .. } => from.origin.to_string(),
    });
    let all: Vec<String> = environment.chain(question.paths.iter().map(|path| name(path))).collect();
    match all.as_slice() {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        all => words::list(all, "and"),
    }
}

fn reference() -> [String; 2] {
    Reference::bundled().map_or_else(
        |error| [error.to_string(), String::new()],
        |reference| {
            let version = reference.version();
            [format!("{} {}", version.package, version.version), version.date.clone()]
        },
    )
}

fn ended(review: &Review) -> Report {
    let line = &review.verdict;
    let (conclusion, exit) = match line.outcome {
        Outcome::Holds => (Conclusion::Holds, Exit::Holds),
        Outcome::Fails => (Conclusion::Fails, Exit::Fails),
        Outcome::Undecided => (Conclusion::Undecided, Exit::Undecided),
        Outcome::BadInput => (Conclusion::BadInput, Exit::BadInput),
    };
    Report::new(Verb::Review, conclusion, line.sentence.clone(), exit)
}
