//! RCH: what can never be reached, and what changes nothing.

mod allow_not_narrower_than_default;
mod allow_shadowed;
mod dead_list_member;
mod dead_statement;
mod deny_without_effect;
mod mergeable_statements;
mod notaction_region_deny;
mod notprincipal_deny;
mod sid_contradicts_effect;
mod statement_subsumed;
mod vacuous_not;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &allow_shadowed::RULE,
    &statement_subsumed::RULE,
    &deny_without_effect::RULE,
    &dead_statement::RULE,
    &dead_list_member::RULE,
    &vacuous_not::RULE,
    &notprincipal_deny::RULE,
    &sid_contradicts_effect::RULE,
    &mergeable_statements::RULE,
    &notaction_region_deny::RULE,
    &allow_not_narrower_than_default::RULE,
];
