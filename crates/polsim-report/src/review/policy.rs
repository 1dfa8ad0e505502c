//! Policies as they are written, each statement with what was found about it.

use super::answered;
use super::coverage::Coverage;
use super::evidence::{Line, Spot};
use super::finding::FindingGroup;
use crate::entry::Level;
use crate::library::PolicyText;
use crate::{Case, CaseOutcome};
use polsim_policy::{PolicyType, Statement};
use schemars::JsonSchema;
use serde::Serialize;

/// A policy that is reviewed, and what it hangs on.
#[derive(Clone, Debug)]
pub struct Attached {
    /// The policy and its text.
    pub text: PolicyText,
    /// What people know it by: its path, or the place where it is written.
    pub name: String,
    /// The type that it was read as.
    pub policy_type: PolicyType,
    /// What it hangs on, in words.
    pub hangs_on: Vec<String>,
}

/// A policy as it is written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReviewedPolicy {
    /// What refers to it in this document, such as `policy-1`.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// The type that it was read as.
    #[serde(rename = "type")]
    pub policy_type: String,
    /// What it hangs on.
    pub hangs_on: Vec<String>,
    /// Its text.
    pub lines: Vec<Line>,
    /// Its statements.
    pub statements: Vec<ReviewedStatement>,
}

/// A statement with what was found about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReviewedStatement {
    /// Its number, from one.
    pub number: usize,
    /// Its Sid.
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// Its first line.
    pub first_line: usize,
    /// Its last line.
    pub last_line: usize,
    /// What was found about it.
    pub notes: Vec<Annotation>,
}

/// Something about a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Annotation {
    /// What kind of thing.
    pub kind: AnnotationKind,
    /// What is said.
    pub text: String,
    /// The claim or finding behind it, by its id.
    pub refers_to: Option<String>,
}

/// What is said of statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnnotationKind {
    /// The linter found something.
    Finding,
    /// It decides the request that a claim shows.
    Decides,
    /// It nearly decides it.
    Misses,
    /// No case exercises it.
    NotExercised,
}

/// The policies with their notes.
pub(super) fn annotated(
    policies: &[Attached],
    cases: &[Case],
    findings: &[FindingGroup],
    coverage: Option<&Coverage>,
) -> Vec<ReviewedPolicy> {
    let policies = policies.iter().enumerate();
    policies.map(|(at, policy)| reviewed(at, policy, cases, findings, coverage)).collect()
}

fn reviewed(
    at: usize,
    attached: &Attached,
    cases: &[Case],
    findings: &[FindingGroup],
    coverage: Option<&Coverage>,
) -> ReviewedPolicy {
    let text = &attached.text;
    let shown = text.place(text.policy.span);
    let whole = shown.source.position(shown.span.start()).line..=shown.source.position(shown.span.end()).line;
    let is_file = text.locate.is_none();
    let lines = shown.source.text().lines().enumerate().map(|(at, line)| (at + 1, line));
    let lines = lines.filter(|(number, _)| is_file || whole.contains(number));
    let lines = lines.map(|(number, line)| Line { number, text: line.to_owned(), marks: Vec::new() });
    let statements = text.policy.statements.iter().enumerate().map(|(index, statement)| {
        let place = text.place(statement.span);
        let position = |offset| {
            let at = place.source.position(offset);
            (at.line, at.column)
        };
        let (start, end) = (position(place.span.start()), position(place.span.end()));
        let holds = |spot: &Spot| {
            spot.path == place.source.name() && (start..end).contains(&(spot.line, spot.column))
        };
        let mut notes = Vec::new();
        for group in findings.iter().filter(|group| group.spots.iter().any(holds)) {
            notes.push(Annotation {
                kind: AnnotationKind::Finding,
                text: format!("{} {}: {}", group.severity, group.code, group.sentence),
                refers_to: Some(group.id.clone()),
            });
        }
        notes.extend(cases.iter().enumerate().filter_map(|(at, case)| decided(at, case, &holds)));
        let is_uncovered = coverage.is_some_and(|coverage| {
            coverage.uncovered.iter().any(|uncovered| {
                let spot = &uncovered.spot;
                // Coverage counts lines, and on a line it knows statements by name.
                uncovered.elements.is_empty()
                    && spot.path == place.source.name()
                    && (start.0..=end.0).contains(&spot.line)
                    && uncovered.statement == called(statement, index)
            })
        });
        if is_uncovered {
            notes.push(Annotation {
                kind: AnnotationKind::NotExercised,
                text: "no case exercises it".to_owned(),
                refers_to: None,
            });
        }
        ReviewedStatement {
            number: index + 1,
            sid: statement.sid.as_ref().map(|sid| sid.value.0.clone()).filter(|sid| !sid.is_empty()),
            effect: statement.effect.value.as_str().to_owned(),
            first_line: start.0,
            last_line: end.0,
            notes,
        }
    });
    ReviewedPolicy {
        id: format!("policy-{}", at + 1),
        name: attached.name.clone(),
        policy_type: attached.policy_type.as_str().to_owned(),
        hangs_on: attached.hangs_on.clone(),
        lines: lines.collect(),
        statements: statements.collect(),
    }
}

/// How people know a statement, as [`Library::name`](crate::Library::name) calls it.
fn called(statement: &Statement, index: usize) -> String {
    let effect = statement.effect.value.as_str();
    match &statement.sid {
        Some(sid) if !sid.value.0.is_empty() => format!("{effect} `{}`", sid.value.0),
        _ => format!("{effect} in statement {}", index + 1),
    }
}

/// What a statement has to do with the request that an answer shows.
fn decided(at: usize, case: &Case, holds: &impl Fn(&Spot) -> bool) -> Option<Annotation> {
    let outcome = match case.outcome {
        CaseOutcome::Fails => "fails",
        other => other.words(),
    };
    case.answer.entries.iter().find_map(|entry| {
        let spot = Spot::of(entry.primary()?);
        if !holds(&spot) {
            return None;
        }
        let (kind, does) = match entry.level {
            Level::Denies => (AnnotationKind::Decides, "denies"),
            Level::Allows => (AnnotationKind::Decides, "allows"),
            Level::Fact => (AnnotationKind::Misses, "comes near to"),
            Level::Error | Level::Warning | Level::Advice => return None,
        };
        Some(Annotation {
            kind,
            text: format!("{does} the request of a claim that {outcome}: {}", case.name),
            refers_to: Some(answered::id(at)),
        })
    })
}
