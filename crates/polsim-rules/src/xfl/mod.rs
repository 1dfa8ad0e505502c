//! XFL: several policies together.

mod same_sid_different_statement;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&same_sid_different_statement::RULE];
