//! SEC: what is granted more widely than anyone means.

mod create_service_linked_role;
mod dynamodb_attributes_without_select;
mod open_grant;
mod pass_role;
mod s3_prefix_in_negative_context;
mod untrustworthy_condition_key;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &create_service_linked_role::STAR_IN_RESOURCE,
    &create_service_linked_role::STAR_IN_ACTION_AND_RESOURCE,
    &create_service_linked_role::NOT_RESOURCE,
    &create_service_linked_role::STAR_IN_ACTION_AND_NOT_RESOURCE,
    &create_service_linked_role::NOT_ACTION_AND_NOT_RESOURCE,
    &create_service_linked_role::STAR_IN_RESOURCE_AND_NOT_ACTION,
    &untrustworthy_condition_key::RULE,
    &pass_role::STAR_IN_RESOURCE,
    &pass_role::STAR_IN_ACTION_AND_RESOURCE,
    &pass_role::NOT_RESOURCE,
    &pass_role::STAR_IN_ACTION_AND_NOT_RESOURCE,
    &pass_role::NOT_ACTION_AND_NOT_RESOURCE,
    &pass_role::STAR_IN_RESOURCE_AND_NOT_ACTION,
    &dynamodb_attributes_without_select::RULE,
    &s3_prefix_in_negative_context::RULE,
];
