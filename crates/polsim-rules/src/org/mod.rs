//! ORG: the policies of an organization.

mod rcp_allow;
mod rcp_any_action;
mod rcp_denies_services;
mod rcp_notaction;
mod rcp_principal;
mod rcp_service;
mod rcp_source_key_for_everyone;
mod rcp_source_key_may_be_absent;
mod rcp_version;
mod scp_action_wildcard;
mod scp_principal;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &scp_principal::RULE,
    &scp_action_wildcard::RULE,
    &rcp_principal::RULE,
    &rcp_allow::RULE,
    &rcp_notaction::RULE,
    &rcp_any_action::RULE,
    &rcp_denies_services::RULE,
    &rcp_source_key_for_everyone::RULE,
    &rcp_source_key_may_be_absent::RULE,
    &rcp_version::RULE,
    &rcp_service::RULE,
];
