//! A suite with what became of its cases.

use super::suite::Suite;
use polsim_suite::{Case, Exercised, Ran};

/// A suite with those of its cases that were run.
pub(crate) struct RanSuite<'s> {
    pub(crate) suite: &'s Suite,
    /// What a case exercised is empty unless coverage is wanted.
    pub(crate) cases: Vec<(&'s Case, Ran, Exercised)>,
}
