//! VAR: policy variables.

mod blank_in_variable;
mod default_without_quotes;
mod empty_variable;
mod missing_brace;
mod untrusted_variable;
mod variable_absent_for_principal;
mod variable_for_operator;
mod variable_in_element;
mod variable_in_old_version;
mod variable_key_format;
mod variable_too_early;
mod variable_too_permissive;
mod variable_without_version;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &variable_too_permissive::RULE,
    &variable_for_operator::RULE,
    &missing_brace::RULE,
    &default_without_quotes::RULE,
    &blank_in_variable::RULE,
    &empty_variable::RULE,
    &variable_in_element::RULE,
    &variable_in_old_version::RULE,
    &variable_without_version::RULE,
    &variable_absent_for_principal::RULE,
    &untrusted_variable::RULE,
    &variable_too_early::RULE,
    &variable_key_format::RULE,
];
