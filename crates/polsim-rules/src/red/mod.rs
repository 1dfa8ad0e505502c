//! RED: what says nothing, or says it twice.

mod empty_sid;
mod redundant_action;
mod redundant_statement;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&empty_sid::RULE, &redundant_action::RULE, &redundant_statement::RULE];
