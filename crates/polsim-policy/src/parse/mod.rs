//! From text to policies: every clause of S1 is a check here, and one problem never hides another.
//!
//! A newcomer would doubt that a broken document still gives a [`Policy`]: it holds the statements that could be
//! read, for those who report; who judges asks [`Document::lawful`].

mod action;
mod condition;
mod document;
mod near;
mod principal;
mod reader;
mod resource;
mod statement;
mod type_rules;

pub use type_rules::RCP_SERVICES;

use reader::Found;

use crate::{Policy, PolicyType, Problem, ProblemKind, Severity};
use polsim_text::json::{self, Node};
use polsim_text::{Limits, Source, Span};

/// All documents of a text and all their problems.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The documents in the order of the text; a lawful text has one (S1.1.1).
    pub documents: Vec<Document>,
    /// What is wrong or odd, in the order of the text.
    pub problems: Vec<Problem>,
    /// How many more problems there are than [`Limits::max_problems`] let through; the mildest are left out.
    pub omitted: usize,
}

/// One document of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its place.
    pub span: Span,
    /// Everything that could be read; statements that could not are left out.
    pub policy: Policy,
    /// Whether nothing in it is [`Severity::Invalid`].
    pub lawful: bool,
    /// The JSON value as it stands in the text.
    pub node: Node,
}

impl Document {
    /// The policy, when the document is lawful for its type; the only one that a judge may look at.
    #[must_use]
    pub fn lawful(&self) -> Option<&Policy> {
        self.lawful.then_some(&self.policy)
    }
}

impl Parsed {
    /// The policy, when the text is exactly one lawful document.
    #[must_use]
    pub fn single(&self) -> Option<&Policy> {
        match self.documents.as_slice() {
            [document] if !self.is_invalid() => document.lawful(),
            _ => None,
        }
    }

    /// Whether AWS would refuse the text.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.documents.is_empty()
            || self
                .problems
                .iter()
                .any(|problem| problem.severity() == Severity::Invalid)
    }
}

/// Reads a text as a policy of the given type.
///
/// ```
/// use polsim_policy::{PolicyType, parse};
/// use polsim_text::{Limits, Source};
/// let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
/// let parsed = parse(&Source::new("a.json", text), PolicyType::Identity, &Limits::default());
/// assert_eq!(parsed.single().map(|policy| policy.statements.len()), Some(1));
/// ```
#[must_use]
pub fn parse(source: &Source, policy_type: PolicyType, limits: &Limits) -> Parsed {
    let tree = json::parse(source, limits);
    let errors = tree.errors;
    let mut found = Found::new(limits);
    for error in &errors {
        let related = error.related.map(|span| (span, "opened here"));
        found.push(Problem {
            related,
            ..Problem::new(ProblemKind::Json(error.kind.clone()), error.span)
        });
    }
    if let [first, second, ..] = tree.documents.as_slice() {
        let kind = ProblemKind::SeveralDocuments {
            count: tree.documents.len(),
        };
        let related = Some((first.span, "the first document"));
        found.push(Problem {
            related,
            ..Problem::new(kind, second.span)
        });
    }
    let mut documents = Vec::with_capacity(tree.documents.len());
    for node in tree.documents {
        let mut document = document::read(source, policy_type, node, &mut found);
        // A string with a broken escape was read all the same; the JSON reader's word on it counts.
        let behind = errors.partition_point(|error| error.span.start() < document.span.start());
        document.lawful &= errors
            .get(behind)
            .is_none_or(|error| error.span.end() > document.span.end());
        documents.push(document);
    }
    let Found {
        mut problems,
        omitted,
        ..
    } = found;
    let omitted = omitted + shorten(&mut problems, limits.max_problems.max(1));
    Parsed {
        documents,
        problems,
        omitted,
    }
}

/// Puts the problems in the order of the text; when there are too many, the worst stay.
fn shorten(problems: &mut Vec<Problem>, max: usize) -> usize {
    let omitted = problems.len().saturating_sub(max);
    if omitted > 0 {
        problems.sort_by_key(|problem| (problem.severity(), problem.span));
        problems.truncate(max);
    }
    problems.sort_by_key(|problem| (problem.span.start(), problem.severity()));
    omitted
}
