//! SYN: the form of a document.

mod json_comments;
mod unique_sids;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&unique_sids::RULE, &json_comments::RULE];
