//! What a fact about real requests is made of: a sentence, a check of one request, and clauses for a search.

use super::ground::Ground;
use super::seen::Seen;
use polsim_eval::Formula;

/// A row of the table of assumptions.
pub(super) struct Fact {
    pub(super) id: &'static str,
    /// The clause that it stands in.
    pub(super) clause: &'static str,
    /// What it says, in a sentence that may follow a colon.
    pub(super) meaning: &'static str,
    /// What it does not say, and why it stands as it does.
    pub(super) limits: &'static str,
    pub(super) standing: Standing,
    /// Whether a request is as the fact says, as far as can be told from what it states.
    pub(super) holds: fn(&Seen<'_>) -> bool,
    /// What the fact says of the requests of a situation, in view of one that is not so. Each clause is true of every
    /// request of the situation of which the fact is.
    pub(super) clauses: fn(&Ground<'_>, &Seen<'_>) -> Vec<Formula>,
}

/// Whether proofs use a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Where they need it, unless it is switched off.
    On,
    /// Only if it is switched on.
    Off,
    /// Always: without it a request contradicts itself, so that it is in every answer and never listed.
    BuiltIn,
    /// Never: it says nothing of any one request.
    Unused,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::BuiltIn => "built in",
            Self::Unused => "not used",
        }
    }
}
