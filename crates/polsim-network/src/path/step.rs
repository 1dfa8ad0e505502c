//! A step of a decision: what was looked at, what came of it, where it stands, and the clause behind it.

use polsim_env::Place;
use polsim_eval::Truth;

/// A step of a decision.
#[derive(Clone, Debug)]
pub struct Step {
    /// Whether what is needed holds.
    pub holds: Truth,
    /// Whether the step chose the way, and did not just let the request pass on it.
    pub is_choice: bool,
    /// What was found, in a sentence.
    pub sentence: String,
    /// The clause of the law.
    pub clause: &'static str,
    /// The place in the input that shows it.
    pub place: Option<Place>,
}

impl Step {
    pub(super) const NONE: Self =
        Self { holds: Truth::Open, is_choice: false, sentence: String::new(), clause: "S6.2", place: None };
}
