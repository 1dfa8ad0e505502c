//! What reference data says of actions. The data itself lies elsewhere: the prover works without it.

use polsim_arn::TextSet;
use std::fmt;

/// What is known of actions. Names of actions and keys are in lower case.
pub trait Reference: fmt::Debug + Send + Sync {
    /// What an action can be asked of; `None` when the action is not known.
    fn resources(&self, action: &str) -> Option<ActionResources>;

    /// Whether requests for an action may carry a key of its service; `None` when the action is not known.
    fn may_carry(&self, action: &str, key: &str) -> Option<bool>;
}

/// The resources of an action, with the actions that have the same ones.
#[derive(Clone, Debug)]
pub struct ActionResources {
    /// The action, and others of which the same holds: one clause serves for all.
    pub actions: Vec<String>,
    /// The ARNs; `*` need not be among them, as every action can be asked of it (S2.3.9).
    pub arns: TextSet,
}
