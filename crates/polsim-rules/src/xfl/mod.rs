//! XFL: several policies together.

mod endpoint_and_resource_disagree;
mod same_sid_different_statement;
mod undeclared_endpoint;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] =
    &[&same_sid_different_statement::RULE, &undeclared_endpoint::RULE, &endpoint_and_resource_disagree::RULE];
