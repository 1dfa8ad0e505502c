//! A security review as a document: what holds and does not, what was found, the policies with marks at their margins,
//! and what all of it rests on. Every format of `polsim report` is drawn from a [`Review`], so that they cannot disagree.
//!
//! A newcomer would doubt that it copies what the answers have. Answers point into texts and compiled policies; a review
//! is data that is written to a file, compared between two days, and read without polsim.

mod answered;
mod coverage;
mod document;
mod evidence;
mod finding;
mod input;
mod overview;
mod policy;
mod schema;
mod verdict;

pub use answered::{Answered, Assumed};
pub use coverage::{Coverage, Uncovered};
pub use document::{MadeBy, Material, REVIEW_SCHEMA, Review};
pub use evidence::{Evidence, EvidenceRow, Line, Mark, Snippet, Spot};
pub use finding::{FindingGroup, Mend};
pub use input::Input;
pub use overview::{Overview, OverviewColumn, OverviewItem};
pub use policy::{Annotation, AnnotationKind, Attached, ReviewedPolicy, ReviewedStatement};
pub use schema::{schema, to_review_json};
pub use verdict::{ClaimCounts, FindingCounts, Outcome, VerdictLine};
