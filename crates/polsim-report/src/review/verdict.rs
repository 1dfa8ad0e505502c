//! The line at the top: may this go out, and what stands against it?

use super::answered::Answered;
use super::finding::FindingGroup;
use super::policy::Attached;
use crate::CaseOutcome;
use crate::from::words::{count, list};
use polsim_lint::Severity;
use schemars::JsonSchema;
use serde::Serialize;

/// The verdict in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerdictLine {
    /// What the process ends with, in a word.
    pub outcome: Outcome,
    /// The sentence.
    pub sentence: String,
    /// The claims, by how they ended.
    pub claims: ClaimCounts,
    /// The findings, by severity.
    pub findings: FindingCounts,
    /// Files that cannot be read or used.
    pub problems: usize,
    /// The policies that were looked at.
    pub policies: usize,
    /// Their statements.
    pub statements: usize,
}

/// How a review ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every claim holds and no finding is as bad as what fails.
    Holds,
    /// A claim does not hold, or a finding is too bad.
    Fails,
    /// No claim fails, and one is undecided.
    Undecided,
    /// Something could not be read, so that the review is not complete.
    BadInput,
}

/// Claims by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimCounts {
    /// Proved.
    pub hold: usize,
    /// Refuted.
    pub fail: usize,
    /// Neither.
    pub undecided: usize,
    /// Left out.
    pub skipped: usize,
    /// Not to be asked.
    pub bad_input: usize,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingCounts {
    /// AWS refuses the document, or it does not do what it says.
    pub error: usize,
    /// High.
    pub high: usize,
    /// Medium.
    pub medium: usize,
    /// Low.
    pub low: usize,
    /// To be known.
    pub info: usize,
}

impl VerdictLine {
    pub(super) fn of(
        claims: &[Answered],
        findings: &[FindingGroup],
        problems: usize,
        policies: &[Attached],
        fail_on: Severity,
    ) -> Self {
        let claims = ClaimCounts::of(claims);
        let findings = FindingCounts::of(findings);
        let too_bad = findings.from(fail_on);
        let outcome = if problems + claims.bad_input > 0 {
            Outcome::BadInput
        } else if claims.fail > 0 || too_bad > 0 {
            Outcome::Fails
        } else if claims.undecided > 0 {
            Outcome::Undecided
        } else {
            Outcome::Holds
        };
        let statements = policies.iter().map(|policy| policy.text.policy.statements.len()).sum();
        Self {
            outcome,
            sentence: sentence(claims, findings, problems, fail_on),
            claims,
            findings,
            problems,
            policies: policies.len(),
            statements,
        }
    }
}

fn sentence(claims: ClaimCounts, findings: FindingCounts, problems: usize, fail_on: Severity) -> String {
    let mut parts = Vec::new();
    if problems > 0 {
        parts.push(format!("{} cannot be read or used", count(problems, "input")));
    }
    let total = claims.total();
    if total > 0 && claims.hold == total {
        parts.push(match total {
            1 => "the claim holds".to_owned(),
            _ => format!("all {total} claims hold"),
        });
    } else if total > 0 {
        parts.push(format!(
            "{} of {} {}",
            claims.hold,
            count(total, "claim"),
            if claims.hold == 1 { "holds" } else { "hold" }
        ));
        let told = [
            (claims.fail, if claims.fail == 1 { "fails" } else { "fail" }),
            (claims.undecided, if claims.undecided == 1 { "is undecided" } else { "are undecided" }),
            (claims.bad_input, "cannot be asked"),
            (claims.skipped, if claims.skipped == 1 { "is skipped" } else { "are skipped" }),
        ];
        parts.extend(
            told.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")),
        );
    }
    let too_bad = findings.from(fail_on);
    parts.push(match (findings.total(), too_bad) {
        (0, _) => "nothing was found".to_owned(),
        (total, 0) => format!("{}, none of severity {fail_on} or worse", count(total, "finding")),
        (total, bad) if total == bad => format!("{} of severity {fail_on} or worse", count(total, "finding")),
        (total, bad) => format!("{}, {bad} of severity {fail_on} or worse", count(total, "finding")),
    });
    list(&parts, "and")
}

impl ClaimCounts {
    fn of(claims: &[Answered]) -> Self {
        let mut counts = Self::default();
        for claim in claims {
            *match claim.outcome {
                CaseOutcome::Holds => &mut counts.hold,
                CaseOutcome::Fails => &mut counts.fail,
                CaseOutcome::Undecided => &mut counts.undecided,
                CaseOutcome::Skipped => &mut counts.skipped,
                CaseOutcome::BadInput => &mut counts.bad_input,
            } += 1;
        }
        counts
    }

    /// All.
    #[must_use]
    pub fn total(self) -> usize {
        self.hold + self.fail + self.undecided + self.skipped + self.bad_input
    }
}

impl FindingCounts {
    fn of(groups: &[FindingGroup]) -> Self {
        let of = |severity: Severity| {
            let same = groups.iter().filter(|group| group.severity == severity.as_str());
            same.map(|group| group.fingerprints.len()).sum()
        };
        Self {
            error: of(Severity::Error),
            high: of(Severity::High),
            medium: of(Severity::Medium),
            low: of(Severity::Low),
            info: of(Severity::Info),
        }
    }

    /// All.
    #[must_use]
    pub fn total(self) -> usize {
        self.from(Severity::Info)
    }

    /// Those at least as bad.
    #[must_use]
    pub fn from(self, severity: Severity) -> usize {
        self.each().iter().filter(|(of, _)| *of >= severity).map(|(_, count)| count).sum()
    }

    /// The worst first.
    #[must_use]
    pub fn each(self) -> [(Severity, usize); 5] {
        [
            (Severity::Error, self.error),
            (Severity::High, self.high),
            (Severity::Medium, self.medium),
            (Severity::Low, self.low),
            (Severity::Info, self.info),
        ]
    }
}
