//! From files to policies: which type a document has, and what to make of several documents in one text.

use crate::dumps::{self, MAX_DUMP_BYTES};
use crate::environment;
use crate::read::{Origin, ReadError, Reader};
use crate::relocate::relocated;
use polsim_env::load::Loaded;
use polsim_policy::{
    Document, Guess, Parsed, Policy, PolicyType, Problem, ProblemKind, Severity, guess_type, parse,
};
use polsim_report::from::{problem, words};
use polsim_report::{Entry, Level, Locate, Place, PolicyText};
use polsim_text::{Embedded, Limits, Source, Span, json};
use std::sync::Arc;

/// What to make of several documents in one text. AWS's own guide prints them so, and AWS rejects them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Documents {
    /// Reject the text, as AWS does.
    #[default]
    Reject,
    /// One policy with the statements of all documents.
    Merge,
    /// Each document is a policy by itself.
    Each,
}

/// A text as policies of one type.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    /// The text.
    pub source: Source,
    /// The type that it was read as.
    pub policy_type: PolicyType,
    /// Why it was taken for that type; `None` when the type was given.
    pub guess: Option<Guess>,
    /// The policies: one, or with [`Documents::Each`] as many as there are documents.
    pub policies: Vec<Policy>,
    /// What is wrong or odd.
    pub problems: Vec<Problem>,
    /// How many problems there are beyond these.
    pub omitted: usize,
    /// What keeps several documents from being one policy.
    pub obstacle: Option<MergeError>,
    /// The way back to the file that it stands in, when that is another one.
    pub embedded: Option<Embedded>,
    /// Which of the files of a question it is from; of those from one only one counts at a time.
    pub(crate) from: usize,
}

/// Why documents cannot be merged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MergeError {
    /// They are written in different versions of the language.
    #[error("the documents cannot be merged: they have different versions")]
    Versions(polsim_text::Span, polsim_text::Span),
    /// Two statements have the same Sid.
    #[error("the documents cannot be merged: two statements have the Sid `{0}`")]
    SameSid(String, polsim_text::Span, polsim_text::Span),
}

/// How far a text is from being a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// AWS would take it.
    Valid,
    /// It is one JSON document, and AWS would refuse it.
    Invalid,
    /// It is not one JSON document.
    NotOneDocument,
}

/// What was read from one file.
#[derive(Debug, Default)]
pub struct Loading {
    /// Each policy that AWS takes as one text, or the file when it is nothing but policies.
    pub files: Vec<PolicyFile>,
    /// What is wrong with the file that they stand in.
    pub wrong: Vec<Entry>,
    /// What should be known of that file.
    pub notes: Vec<String>,
}

/// Reads a file: policies by themselves, or anything else that a loader knows, with each policy in it.
///
/// # Errors
/// [`ReadError`] when there is no text; whatever is wrong with the text is in what is given back.
pub fn load(
    reader: &Reader,
    origin: &Origin,
    given: Option<PolicyType>,
    documents: Documents,
) -> Result<Loading, ReadError> {
    let source = reader.read_up_to(origin, MAX_DUMP_BYTES)?;
    Ok(match dumps::found_in(&source, reader.limits(), reader.parameters()) {
        Some(found) => Loading::of_dump(found, &source, given, reader.limits()),
        None => Loading {
            files: vec![by_itself(source, given, documents, reader.limits())],
            ..Loading::default()
        },
    })
}

/// A file that is nothing but policies.
fn by_itself(source: Source, given: Option<PolicyType>, documents: Documents, limits: &Limits) -> PolicyFile {
    let guess = match given {
        Some(_) => None,
        None => json::parse(&source, limits).documents.first().map(guess_type),
    };
    let policy_type = given.or(guess.map(|guess| guess.policy_type)).unwrap_or(PolicyType::Identity);
    let parsed = parse(&source, policy_type, limits);
    PolicyFile::of(source, policy_type, guess, parsed, documents)
}

/// Reads a file whose policies are to be judged.
///
/// # Errors
/// There is no text, no policy in it, or one that AWS would not take.
pub fn load_lawful(
    reader: &Reader,
    origin: &Origin,
    given: Option<PolicyType>,
    documents: Documents,
) -> Result<Vec<PolicyFile>, Vec<Entry>> {
    let Loading { files, wrong, .. } =
        load(reader, origin, given, documents).map_err(|error| vec![error.entry()])?;
    let mut entries = wrong;
    for file in files.iter().filter(|file| file.standing() != Standing::Valid) {
        // Only what AWS refuses keeps us from an answer.
        entries.extend(file.entries().into_iter().filter(|entry| entry.level == Level::Error));
    }
    if entries.is_empty() { Ok(files) } else { Err(entries) }
}

impl Loading {
    fn of_dump(found: Loaded, source: &Source, given: Option<PolicyType>, limits: &Limits) -> Self {
        let mut wrong: Vec<Entry> = found.problems.iter().map(environment::entry).collect();
        if found.policies.is_empty() && wrong.is_empty() {
            let sentence = format!("there is no policy in {}", source.name());
            wrong.push(Entry::new(Level::Error, sentence).with_code("INP028"));
        }
        let files = found.policies.iter().map(|policy| {
            let policy_type = given.unwrap_or(policy.policy_type);
            let parsed = parse(policy.source(), policy_type, limits);
            let guess = policy.guess.filter(|_| given.is_none());
            let text = policy.source().clone();
            let file = PolicyFile::of(text, policy_type, guess, parsed, Documents::Reject);
            PolicyFile { embedded: Some(policy.text.clone()), ..file }
        });
        Self { files: files.collect(), wrong, notes: environment::told(&found.notes) }
    }
}

impl PolicyFile {
    fn of(
        source: Source,
        policy_type: PolicyType,
        guess: Option<Guess>,
        parsed: Parsed,
        documents: Documents,
    ) -> Self {
        let Parsed { documents: read, mut problems, omitted } = parsed;
        if documents != Documents::Reject {
            problems.retain(|problem| !matches!(problem.kind, ProblemKind::SeveralDocuments { .. }));
        }
        let mut policies: Vec<Policy> = read.into_iter().map(|Document { policy, .. }| policy).collect();
        let mut obstacle = None;
        if documents == Documents::Merge {
            obstacle = merge(&mut policies).err();
        }
        Self { source, policy_type, guess, policies, problems, omitted, obstacle, embedded: None, from: 0 }
    }

    /// How far it is from being a policy.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let is_text_level = |problem: &Problem| {
            matches!(problem.kind, ProblemKind::Json(_) | ProblemKind::SeveralDocuments { .. })
        };
        if self.policies.is_empty() || self.obstacle.is_some() || self.problems.iter().any(is_text_level) {
            Standing::NotOneDocument
        } else if self.count(Severity::Invalid) > 0 {
            Standing::Invalid
        } else {
            Standing::Valid
        }
    }

    /// How many problems there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity() == severity).count()
    }

    /// Its problems as entries.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self
            .problems
            .iter()
            .map(|problem| {
                let entry = problem::entry(problem, &self.source);
                if matches!(problem.kind, ProblemKind::SeveralDocuments { .. }) {
                    explain_several(entry)
                } else {
                    entry
                }
            })
            .collect();
        if let Some(obstacle) = &self.obstacle {
            let (MergeError::Versions(first, second) | MergeError::SameSid(_, first, second)) = obstacle;
            entries.push(
                Entry::new(Level::Error, obstacle.to_string())
                    .with_code("INP007")
                    .at(Place::primary(&self.source, *second).saying("and this one"))
                    .at(Place::other(&self.source, *first).saying("this one"))
                    .with_help("`--documents each` judges each document by itself"),
            );
        }
        match &self.embedded {
            None => entries,
            Some(embedded) => entries.into_iter().map(|entry| relocated(entry, embedded)).collect(),
        }
    }

    /// Its text for a library.
    pub(crate) fn text_of(&self, policy: &Policy) -> PolicyText {
        let mut text = PolicyText::new(self.source.clone(), policy.clone());
        text.locate = self.embedded.clone().map(|embedded| {
            let locate: Locate = Arc::new(move |span| (embedded.host().clone(), embedded.in_host(span)));
            locate
        });
        text
    }

    /// Where people find the policy: its file and line, and its name when the file has others.
    #[must_use]
    pub fn whereabouts(&self, policy: &Policy) -> String {
        let line =
            |source: &Source, span: Span| format!("{}:{}", source.name(), source.position(span.start()).line);
        match &self.embedded {
            None => line(&self.source, policy.span),
            Some(text) => format!("{}, {}", line(text.host(), text.in_host(policy.span)), self.source.name()),
        }
    }

    /// What was guessed, in a sentence.
    #[must_use]
    pub fn guess_note(&self) -> Option<String> {
        let guess = self.guess?;
        Some(format!(
            "{} was read as {} policy, because {}; `--type` says otherwise",
            self.source.name(),
            words::with_article(self.policy_type.as_str()),
            guess.because
        ))
    }
}

fn explain_several(entry: Entry) -> Entry {
    entry.with_help(
        "AWS's guides print policies so, one below the other, but AWS refuses them in one document; \
         `--documents merge` reads them as one policy with all statements, `--documents each` one by one",
    )
}

/// Joins all policies into the first.
fn merge(policies: &mut Vec<Policy>) -> Result<(), MergeError> {
    let Some((first, rest)) = policies.split_first_mut() else {
        return Ok(());
    };
    for policy in rest {
        if policy.effective_version() != first.effective_version() {
            let span = |policy: &Policy| policy.version.map_or(policy.span, |version| version.span);
            return Err(MergeError::Versions(span(first), span(policy)));
        }
        for statement in std::mem::take(&mut policy.statements) {
            let same = statement.sid.as_ref().and_then(|sid| {
                let mut sids = first.statements.iter().filter_map(|other| other.sid.as_ref());
                let other = sids.find(|other| other.value == sid.value && !sid.value.0.is_empty())?;
                Some(MergeError::SameSid(sid.value.0.clone(), other.span, sid.span))
            });
            if let Some(error) = same {
                return Err(error);
            }
            first.statements.push(statement);
        }
        first.span = first.span.to(policy.span);
    }
    policies.truncate(1);
    Ok(())
}
