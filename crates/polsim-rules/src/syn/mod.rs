//! SYN: the form of a document.

mod data_type_mismatch;
mod duplicate_name;
mod element_case;
mod element_order;
mod empty_statement_list;
mod exclusive_elements;
mod id_not_allowed;
mod illegal_characters;
mod invalid_effect;
mod invalid_version;
mod json_comments;
mod json_syntax;
mod missing_action;
mod missing_effect;
mod missing_principal;
mod missing_resource;
mod missing_statement;
mod missing_version;
mod old_version;
mod placeholder_left;
mod principal_star_in_map;
mod several_documents;
mod sid_characters;
mod unique_sids;
mod unique_sids_advised;
mod unknown_element;
mod unquoted_scalars;
mod unusual_character;
mod wrong_envelope;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &json_syntax::RULE,
    &data_type_mismatch::RULE,
    &unknown_element::RULE,
    &missing_statement::RULE,
    &missing_effect::RULE,
    &invalid_effect::RULE,
    &missing_action::RULE,
    &missing_resource::RULE,
    &missing_principal::RULE,
    &exclusive_elements::RULE,
    &invalid_version::RULE,
    &unique_sids::RULE,
    &sid_characters::RULE,
    &missing_version::RULE,
    &unique_sids_advised::RULE,
    &old_version::RULE,
    &several_documents::RULE,
    &duplicate_name::RULE,
    &illegal_characters::RULE,
    &json_comments::RULE,
    &placeholder_left::RULE,
    &wrong_envelope::RULE,
    &element_case::RULE,
    &unquoted_scalars::RULE,
    &principal_star_in_map::RULE,
    &element_order::RULE,
    &id_not_allowed::RULE,
    &empty_statement_list::RULE,
    &unusual_character::RULE,
];
