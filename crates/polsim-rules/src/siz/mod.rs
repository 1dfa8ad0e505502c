//! SIZ: how long a policy may be.

mod near_quota;
mod policy_size;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &policy_size::SCP,
    &policy_size::RCP,
    &policy_size::IDENTITY,
    &policy_size::RESOURCE,
    &policy_size::ENDPOINT,
    &policy_size::TRUST,
    &near_quota::RULE,
    &policy_size::SESSION,
];
