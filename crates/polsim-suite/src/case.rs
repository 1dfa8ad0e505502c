//! A case, ready to be run.

use crate::ask::Requested;
use crate::by::By;
use polsim_claim::{RegionText, Relation, Wanted};
use polsim_prove::Expectation;
use polsim_text::Span;

/// A case, ready to be run.
#[derive(Clone, Debug)]
pub struct Case {
    /// What people call it; of a table with what tells it from the others.
    pub name: String,
    /// Words to choose cases by.
    pub tags: Vec<String>,
    /// Why it has to be so.
    pub because: Option<String>,
    /// Where it is written, in the file of the suite.
    pub span: Span,
    /// Whether it is left out.
    pub skip: Option<Skip>,
    /// What is asked.
    pub asked: Asked,
    /// The most steps of each search.
    pub budget: u64,
}

/// Why a case is left out, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Why.
    pub reason: String,
    /// The day from which on it is run again, `2027-03-01`.
    pub until: Option<String>,
}

impl Skip {
    /// Whether the case is to be run again on a day.
    #[must_use]
    pub fn is_over(&self, today: &str) -> bool {
        self.until.as_deref().is_some_and(|until| until <= today)
    }
}

/// What a case asks, with what it expects.
#[derive(Clone, Debug)]
pub enum Asked {
    /// One request.
    Request {
        /// The request.
        request: Requested,
        /// The decision.
        expect: Expectation,
        /// Who is to decide.
        by: Vec<By>,
    },
    /// All requests of a pattern, or some.
    Claim {
        /// The pattern.
        region: RegionText,
        /// What is claimed.
        wanted: Wanted,
    },
    /// Two environments.
    Compare {
        /// The path of the old one.
        old: String,
        /// The path of the new one; the environment of the suite when there is none.
        new: Option<String>,
        /// The requests that are meant.
        region: RegionText,
        /// How they are to compare.
        relation: Relation,
    },
}
