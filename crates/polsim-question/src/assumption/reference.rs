//! What reference data says of actions. The data itself lies elsewhere: the prover works without it.

use polsim_arn::{Pattern, TextSet};
use std::fmt;

/// What is known of actions. Names of actions and keys are in lower case.
pub trait Reference: fmt::Debug + Send + Sync {
    /// The ARNs that an action can be asked of; `None` when the action is not known. `*` need not be among them, as
    /// every action can be asked of it (S2.3.9).
    fn arns(&self, action: &str) -> Option<TextSet>;

    /// Some actions that match a pattern of actions in lower case, as AWS writes them.
    fn matching(&self, pattern: &Pattern) -> Vec<String>;

    /// Actions with the same ARNs, this one among them: one clause serves for all.
    fn alike(&self, action: &str) -> Vec<String>;

    /// Whether requests for an action may carry a key of its service; `None` when the action is not known.
    fn may_carry(&self, action: &str, key: &str) -> Option<bool>;
}
