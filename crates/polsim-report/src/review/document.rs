//! The document itself, and what it is made of.

use super::answered::{self, Answered, Assumed};
use super::coverage::Coverage;
use super::evidence::Evidence;
use super::finding::{self, FindingGroup};
use super::input::{self, Input};
use super::overview::Overview;
use super::policy::{self, Attached, ReviewedPolicy};
use super::verdict::VerdictLine;
use crate::{Case, Entry, Level};
use polsim_lint::Severity;
use polsim_text::Source;
use schemars::JsonSchema;
use serde::Serialize;

/// The name and version of the document's JSON.
pub const REVIEW_SCHEMA: &str = "polsim.review/1";

/// A security review.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "A security review by polsim", deny_unknown_fields)]
pub struct Review {
    /// `polsim.review/1`. Members are only ever added under this name.
    pub schema: String,
    /// What made it.
    pub made_by: MadeBy,
    /// What it is about.
    pub title: String,
    /// The day, as `2026-11-24`.
    pub date: String,
    /// The verdict in one line, with the counts behind it.
    pub verdict: VerdictLine,
    /// The claims with their answers, in the order of their suites.
    pub claims: Vec<Answered>,
    /// Findings of the linter, the worst first; those that say the same stand together.
    pub findings: Vec<FindingGroup>,
    /// What cannot be read or used, and why.
    pub problems: Vec<Evidence>,
    /// Which statements the claims exercised, where that was measured.
    pub coverage: Option<Coverage>,
    /// Who exists and where policies hang.
    pub overviews: Vec<Overview>,
    /// The policies as they are written, with notes at their statements.
    pub policies: Vec<ReviewedPolicy>,
    /// The facts about real requests that answers rest on.
    pub assumptions: Vec<Assumed>,
    /// Where AWS's documents leave a choice and an answer hangs on it; else what was taken to hold.
    pub notes: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<Input>,
}

/// What made a review.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MadeBy {
    /// `polsim`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the facts about services that it has.
    pub reference_version: String,
    /// The day of these facts.
    pub reference_date: String,
}

/// What a review is made of.
#[derive(Debug)]
pub struct Material {
    /// What it is about.
    pub title: String,
    /// The day.
    pub date: String,
    /// The version and the day of the facts about services.
    pub reference: [String; 2],
    /// The claims with their answers.
    pub cases: Vec<Case>,
    /// Findings of the linter; entries without a finding are problems of input.
    pub entries: Vec<Entry>,
    /// The mildest severity that fails.
    pub fail_on: Severity,
    /// Which statements the claims exercised.
    pub coverage: Option<Coverage>,
    /// Who exists and where policies hang.
    pub overviews: Vec<Overview>,
    /// The policies.
    pub policies: Vec<Attached>,
    /// What else one should know.
    pub notes: Vec<String>,
    /// Every text that was read.
    pub inputs: Vec<Source>,
}

impl Review {
    /// Writes the review.
    #[must_use]
    pub fn of(material: Material) -> Self {
        let (findings, others): (Vec<&Entry>, Vec<&Entry>) =
            material.entries.iter().partition(|entry| entry.finding.is_some());
        // What is no finding and no error is about the project file: an ignore that has expired, say.
        let (problems, remarks): (Vec<&Entry>, Vec<&Entry>) =
            others.into_iter().partition(|entry| entry.level == Level::Error);
        let notes =
            remarks.iter().map(|entry| entry.sentence.clone()).chain(material.notes.clone()).collect();
        let claims: Vec<Answered> =
            material.cases.iter().enumerate().map(|(at, case)| Answered::of(at, case)).collect();
        let groups = finding::grouped(&findings);
        let verdict = VerdictLine::of(&claims, &groups, problems.len(), &material.policies, material.fail_on);
        let policies =
            policy::annotated(&material.policies, &material.cases, &groups, material.coverage.as_ref());
        let [reference_version, reference_date] = material.reference;
        Self {
            schema: REVIEW_SCHEMA.to_owned(),
            made_by: MadeBy {
                name: "polsim".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                reference_version,
                reference_date,
            },
            title: material.title,
            date: material.date,
            verdict,
            assumptions: answered::assumptions(&material.cases),
            claims,
            findings: groups,
            problems: problems.into_iter().map(Evidence::of).collect(),
            coverage: material.coverage,
            overviews: material.overviews,
            policies,
            notes,
            inputs: input::listed(&material.inputs),
        }
    }
}
