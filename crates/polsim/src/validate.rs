//! `polsim validate`: would AWS take these documents?

use crate::load::{Documents, Loading, PolicyFile, Standing, load};
use crate::read::{Origin, ReadError, Reader};
use polsim_policy::{PolicyType, Severity};
use polsim_report::from::words::count;
use polsim_report::{Conclusion, Entry, Exit, Report, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Validate {
    /// The files.
    pub files: Vec<Origin>,
    /// Their type, unless it is to be guessed.
    pub policy_type: Option<PolicyType>,
    /// What to make of several documents in one file.
    pub documents: Documents,
}

/// What was found, file by file.
#[derive(Debug)]
pub struct Validation {
    /// In the order of the question.
    pub files: Vec<Result<Loading, ReadError>>,
}

/// Validates files.
#[must_use]
pub fn validate(question: &Validate, reader: &Reader) -> Validation {
    let files = question.files.iter();
    Validation {
        files: files.map(|origin| load(reader, origin, question.policy_type, question.documents)).collect(),
    }
}

impl Validation {
    /// How it looks.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut entries = Vec::new();
        let mut notes = Vec::new();
        let mut exit = Exit::Holds;
        for file in &self.files {
            match file {
                Err(error) => {
                    exit = exit.and(Exit::BadInput);
                    entries.push(error.entry());
                }
                Ok(loading) => {
                    if !loading.wrong.is_empty() {
                        exit = exit.and(Exit::BadInput);
                        entries.extend(loading.wrong.iter().cloned());
                    }
                    notes.extend(loading.notes.iter().cloned());
                    for file in &loading.files {
                        exit = exit.and(exit_of(file.standing()));
                        entries.extend::<Vec<Entry>>(file.entries());
                        notes.extend(file.guess_note());
                        if file.omitted > 0 {
                            let more = count(file.omitted, "more problem");
                            notes.push(format!("{} has {more}, not shown", file.source.name()));
                        }
                    }
                }
            }
        }
        let conclusion = match exit {
            Exit::BadInput => Conclusion::BadInput,
            Exit::Fails => Conclusion::Invalid,
            Exit::Holds | Exit::Undecided => Conclusion::Valid,
        };
        Report { entries, notes, ..Report::new(Verb::Validate, conclusion, self.summary(), exit) }
    }

    fn summary(&self) -> String {
        let loaded = || self.files.iter().filter_map(|file| file.as_ref().ok());
        let read: Vec<&PolicyFile> = loaded().flat_map(|loading| &loading.files).collect();
        let total = |severity| read.iter().map(|file| file.count(severity)).sum::<usize>();
        let of = |standing| read.iter().filter(|file| file.standing() == standing).count();
        let broken = loaded().filter(|loading| !loading.wrong.is_empty()).count();
        let unreadable = self.files.len() - loaded().count() + broken + of(Standing::NotOneDocument);
        let mut parts = Vec::new();
        if let ([file], Standing::Valid, 0) = (read.as_slice(), worst(&read), unreadable) {
            let statements: usize = file.policies.iter().map(|policy| policy.statements.len()).sum();
            parts.push(format!(
                "{} is a lawful {} policy with {}",
                file.source.name(),
                file.policy_type,
                count(statements, "statement")
            ));
        } else {
            let files = [
                (of(Standing::Valid), "valid"),
                (of(Standing::Invalid), "invalid"),
                (unreadable, "not readable as a policy"),
            ];
            let told: Vec<String> = files
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{number} {what}"))
                .collect();
            let is_dump = read.iter().any(|file| file.embedded.is_some());
            let number = match read.len() {
                number @ 2.. if is_dump => format!("{number} policies"),
                _ => count(self.files.len(), "file"),
            };
            parts.push(format!("{number} ({})", told.join(", ")));
        }
        let severities = [
            (total(Severity::Invalid), "reason for AWS to refuse"),
            (total(Severity::Error), "error"),
            (total(Severity::Warning), "warning"),
            (total(Severity::Suggestion), "piece of advice"),
        ];
        for (number, noun) in severities {
            if number > 0 {
                parts.push(plural(number, noun));
            }
        }
        parts.join(", ")
    }
}

fn plural(number: usize, noun: &str) -> String {
    match (number, noun) {
        (2.., "reason for AWS to refuse") => format!("{number} reasons for AWS to refuse"),
        (2.., "piece of advice") => format!("{number} pieces of advice"),
        _ => count(number, noun),
    }
}

fn worst(files: &[&PolicyFile]) -> Standing {
    let standings = files.iter().map(|file| file.standing());
    standings.max().unwrap_or(Standing::NotOneDocument)
}

fn exit_of(standing: Standing) -> Exit {
    match standing {
        Standing::Valid => Exit::Holds,
        Standing::Invalid => Exit::Fails,
        Standing::NotOneDocument => Exit::BadInput,
    }
}
