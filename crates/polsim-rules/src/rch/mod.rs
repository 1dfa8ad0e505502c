//! RCH: what can never be reached.

mod dead_statement;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&dead_statement::RULE];
