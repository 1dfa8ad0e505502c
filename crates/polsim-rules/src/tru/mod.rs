//! TRU: trust policies of roles.

mod action_for_provider;
mod any_value_of_audience;
mod assumable_by_compute;
mod assumable_by_everyone_under_condition;
mod github_any_repository;
mod github_without_subject;
mod invalid_federated;
mod oidc_without_test;
mod roles_anywhere_actions;
mod set_operator_on_audience;
mod tag_session_unbounded;
mod trust_action;
mod trust_everyone;
mod trust_notprincipal;
mod trust_resource;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &trust_notprincipal::RULE,
    &trust_resource::RULE,
    &trust_everyone::RULE,
    &invalid_federated::RULE,
    &action_for_provider::RULE,
    &roles_anywhere_actions::RULE,
    &github_any_repository::RULE,
    &any_value_of_audience::RULE,
    &oidc_without_test::RULE,
    &github_without_subject::RULE,
    &set_operator_on_audience::RULE,
    &assumable_by_compute::RULE,
    &assumable_by_everyone_under_condition::RULE,
    &tag_session_unbounded::RULE,
    &trust_action::RULE,
];
