//! RED: what says nothing, or says it twice.

mod empty_action_list;
mod empty_condition;
mod empty_condition_values;
mod empty_operator;
mod empty_principal;
mod empty_principal_list;
mod empty_resource_list;
mod empty_sid;
mod empty_values_for_all;
mod empty_values_for_any;
mod empty_values_if_exists;
mod equivalent_to_null_false;
mod equivalent_to_null_true;
mod host_bits_in_range;
mod null_with_qualifier;
mod redundant_action;
mod redundant_number;
mod redundant_resource;
mod redundant_session_principal;
pub(crate) mod redundant_statement;
mod test_that_always_holds;
mod test_that_never_holds;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &empty_action_list::RULE,
    &empty_resource_list::RULE,
    &empty_principal_list::RULE,
    &empty_principal::RULE,
    &empty_condition::RULE,
    &empty_condition_values::RULE,
    &empty_values_for_all::RULE,
    &empty_values_for_any::RULE,
    &empty_values_if_exists::RULE,
    &empty_sid::RULE,
    &equivalent_to_null_false::RULE,
    &equivalent_to_null_true::RULE,
    &host_bits_in_range::RULE,
    &null_with_qualifier::RULE,
    &redundant_action::RULE,
    &redundant_resource::RULE,
    &redundant_number::RULE,
    &redundant_statement::RULE,
    &test_that_always_holds::RULE,
    &test_that_never_holds::RULE,
    &redundant_session_principal::RULE,
    &empty_operator::RULE,
];
