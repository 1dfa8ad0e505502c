//! `polsim report`: a review for people who decide, of policies, of an environment, of suites.
//!
//! A newcomer would doubt that it is written although something could not be read. What could be read still counts; the
//! review says what is missing, and its exit code does.

mod exposure;
mod overview;
mod policies;
mod question;
mod suites;

pub use question::ReportOf;

use crate::environment::{self, World};
use crate::read::{Origin, Reader};
use policies::Looked;
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
    let mut looked = Looked::default();
    let own = question.environment.as_ref().and_then(|from| match environment::load(from, reader) {
        Ok(world) => Some((from.origin.to_string(), world)),
        Err(wrong) => {
            looked.entries.extend(wrong);
            None
        }
    });
    let suites::Told { mut cases, coverage, looked: told, suites } = suites::told(question, reader);
    looked.take(told);
    let mut worlds: Vec<(String, &World)> = own.iter().map(|(path, world)| (path.clone(), world)).collect();
    for suite in &suites {
        if let Some(path) = suite.environment_path()
            && worlds.iter().all(|(known, _)| *known != path)
        {
            worlds.push((path, &suite.world));
        }
    }
    for (_, world) in &worlds {
        looked.take(policies::hung(world, question, reader));
    }
    looked.take(policies::given(question, reader).without_those_of(&looked));
    if looked.policies.is_empty() && looked.entries.is_empty() && cases.is_empty() {
        let sentence = "there is nothing to review: no policy and no suite was found";
        looked.entries.push(Entry::new(Level::Error, sentence).with_code("INP010"));
    }
    if question.not_public {
        cases.extend(worlds.iter().flat_map(|(_, world)| exposure::cases(world)));
    }
    let is_problem = |entry: &&Entry| entry.finding.is_none() && entry.level == Level::Error;
    let problems = looked.entries.iter().filter(is_problem).cloned().collect();
    let review = Review::of(Material {
        title: question.title.clone().unwrap_or_else(|| title(question)),
        date: question.date.clone(),
        reference: reference(),
        cases,
        entries: looked.entries,
        fail_on: question.fail_on.or(looked.fail_on).unwrap_or(polsim_lint::Severity::Medium),
        coverage,
        overviews: worlds.iter().map(|(path, world)| overview::overview(world, path)).collect(),
        policies: looked.policies,
        notes: looked.notes,
        inputs: reader.taken(),
    });
    let report = ended(&review);
    Reviewed { review, report, problems }
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
