//! What can be claimed.

use polsim_prove::Expectation;

/// What is claimed of the requests of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Every one gets this decision.
    Verdict(Expectation),
    /// One at least is allowed.
    SomeAllow,
}

/// What is claimed of a new side, held against an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It grants no more.
    NoMore,
    /// It grants no less.
    NoLess,
    /// It grants the same.
    Same,
    /// It grants nothing that the old side grants.
    Disjoint,
}
