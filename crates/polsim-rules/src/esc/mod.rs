//! ESC: permissions that add up to more than they say.

mod create_bucket;
mod endpoint_escalation;
mod method;
mod policy_write;
mod privilege_escalation;
mod reach;
mod resource_policy_privilege_escalation;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &privilege_escalation::RULE,
    &endpoint_escalation::RULE,
    &policy_write::RULE,
    &create_bucket::RULE,
    &resource_policy_privilege_escalation::RULE,
];
