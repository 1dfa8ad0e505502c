//! From text to policies: every clause of S1 is a check here, and one problem never hides another.
//!
//! A newcomer would doubt that a broken document still gives a [`Policy`]: it holds the statements that could be
//! read, for those who report; who judges asks [`Document::lawful`].

mod action;
mod condition;
mod document;
mod near;
mod presence;
mod principal;
mod principal_value;
mod reader;
mod resource;
mod statement;
#[cfg(test)]
mod testing;
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
            || self.problems.iter().any(|problem| problem.severity() == Severity::Invalid)
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
        found.push(Problem { related, ..Problem::new(ProblemKind::Json(error.kind.clone()), error.span) });
    }
    if let [first, second, ..] = tree.documents.as_slice() {
        let kind = ProblemKind::SeveralDocuments { count: tree.documents.len() };
        let related = Some((first.span, "the first document"));
        found.push(Problem { related, ..Problem::new(kind, second.span) });
    }
    let mut documents = Vec::with_capacity(tree.documents.len());
    for node in tree.documents {
        let mut document = document::read(source, policy_type, node, &mut found);
        // A string with a broken escape was read all the same; the JSON reader's word on it counts.
        let behind = errors.partition_point(|error| error.span.start() < document.span.start());
        document.lawful &= errors.get(behind).is_none_or(|error| error.span.end() > document.span.end());
        documents.push(document);
    }
    let Found { mut problems, omitted, .. } = found;
    let omitted = omitted + shorten(&mut problems, limits.max_problems.max(1));
    Parsed { documents, problems, omitted }
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

#[cfg(test)]
mod tests {
    use super::testing::{S3, policy, problems, read};
    use super::*;

    fn good() -> String {
        policy(&[&format!(r#""Effect": "Allow", {S3}"#)])
    }

    #[test]
    fn s1_1_1_two_documents_are_no_policy_but_both_are_read() {
        let text = format!("{} {}", good(), good());
        let parsed = read(PolicyType::Identity, &text);
        assert_eq!(parsed.documents.len(), 2);
        assert!(parsed.documents.iter().all(|document| document.lawful().is_some()));
        assert_eq!(parsed.single(), None);
        let [problem] = parsed.problems.as_slice() else { panic!("{:?}", parsed.problems) };
        assert_eq!((problem.code(), problem.severity()), ("SYN101", Severity::Invalid));
        assert_eq!(problem.span, parsed.documents[1].span);
    }

    #[test]
    fn s1_1_1_a_syntax_error_behind_the_document_spoils_the_text() {
        let parsed = read(PolicyType::Identity, &format!("{} ]", good()));
        assert!(parsed.documents[0].lawful().is_some());
        assert_eq!(parsed.single(), None);
        assert_eq!(parsed.problems[0].code(), "SYN001");
        let parsed = read(PolicyType::Identity, "");
        assert_eq!((parsed.single(), parsed.problems[0].code()), (None, "SYN001"));
    }

    #[test]
    fn s1_1_1_a_byte_order_mark_or_a_broken_escape_spoils_the_text() {
        let parsed = read(PolicyType::Identity, &format!("\u{feff}{}", good()));
        assert!(parsed.single().is_none() && parsed.documents[0].lawful().is_some());
        let broken =
            good().replace("s3:::data", "s3:::\\ud800").replace("\"Effect", "\"Principal\":\"*\",\"Effect");
        let parsed = read(PolicyType::Resource, &broken);
        assert!(parsed.single().is_none() && parsed.documents[0].lawful().is_none());
        assert_eq!(
            parsed.problems.iter().filter(|problem| problem.severity() == Severity::Invalid).count(),
            1
        );
    }

    #[test]
    fn s1_1_1_a_document_is_an_object() {
        for text in ["[]", "\"Allow\"", "1", "true"] {
            let found = problems(PolicyType::Identity, text);
            assert_eq!(found, super::testing::invalid("SYN002", "S1.1.1", text));
        }
    }

    #[test]
    fn one_problem_hides_no_other() {
        let text = policy(&[
            r#""Effect": "allow", "Action": ["s3", "ec2:*"], "Resource": "bucket", "Foo": 1"#,
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "*""#,
            r#""Effect": "Deny", "NotAction": 5, "Condition": {"StringLik": {"x": null}}"#,
        ]);
        let codes: Vec<_> =
            problems(PolicyType::Identity, &text).into_iter().map(|problem| problem.0).collect();
        let expected =
            ["SYN006", "ACT003", "ARN002", "SYN003", "SYN008", "SYN002", "CND002", "CND004", "SYN002"];
        assert_eq!(codes, expected);
        let parsed = read(PolicyType::Identity, &text);
        assert_eq!(parsed.documents[0].policy.statements.len(), 1);
        assert_eq!(parsed.documents[0].lawful(), None);
    }

    #[test]
    fn too_many_problems_are_counted_and_the_worst_stay() {
        let mut statements =
            vec![r#""Sid": "", "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*""#; 500];
        statements.push(r#""Effect": "Maybe", "Action": "s3:*", "Resource": "*", "Principal": "*""#);
        let source = Source::new("a", policy(&statements));
        let parsed = parse(&source, PolicyType::Endpoint, &Limits::default());
        assert_eq!((parsed.problems.len(), parsed.omitted), (100, 402));
        assert_eq!(parsed.problems.last().map(Problem::code), Some("SYN006"));
        for max_problems in [0, 1] {
            let limits = Limits { max_problems, ..Limits::default() };
            let parsed = parse(&source, PolicyType::Endpoint, &limits);
            assert_eq!((parsed.problems.len(), parsed.problems[0].severity()), (1, Severity::Invalid));
            assert!(parsed.is_invalid() && parsed.single().is_none());
        }
    }
}
