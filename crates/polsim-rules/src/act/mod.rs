//! ACT: actions and their services.

mod unknown;
mod unsupported_action_in_policy;
mod wildcard_in_service_name;

use polsim_lint::Rule;

/// In the order of their codes.
pub(crate) const RULES: &[&Rule] = &[
    &unknown::SERVICE,
    &unknown::SERVICE_IN_ACTION,
    &unknown::ACTION,
    &unsupported_action_in_policy::RULE,
    &wildcard_in_service_name::RULE,
];
