//! All rules.

use polsim_lint::Rule;

/// Each family lists its own rules.
const FAMILIES: &[&[&Rule]] = &[
    crate::syn::RULES,
    crate::act::RULES,
    crate::arn::RULES,
    crate::prn::RULES,
    crate::cnd::RULES,
    crate::var::RULES,
    crate::org::RULES,
    crate::tru::RULES,
    crate::siz::RULES,
    crate::sec::RULES,
    crate::red::RULES,
    crate::vpe::RULES,
    crate::s3r::RULES,
    crate::rch::RULES,
    crate::oid::RULES,
    crate::esc::RULES,
    crate::xfl::RULES,
    crate::net::RULES,
];

/// All rules, in the order of their families.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    FAMILIES.iter().copied().flatten().copied().collect()
}
