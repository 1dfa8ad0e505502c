//! PRN: who is spoken of.

mod allow_with_not_principal;
mod canonical_user_outside_s3;
mod confused_deputy_detail;
mod cross_account_no_guard;
mod deputy;
mod federated_principal_not_supported;
mod group_principal;
mod invalid_aws_principal;
mod invalid_canonical_user;
mod invalid_principal_format;
mod invalid_principal_key;
mod invalid_role_reference;
mod invalid_user_reference;
mod recommended_condition_key_for_service_principal;
mod restrict_access_to_service_principal;
mod root_principal_misread;
mod self_lockout;
mod star_with_weak_condition;
mod unsupported_principal;
mod unsupported_wildcard_in_principal;
mod unusual_service_principal;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &invalid_principal_format::RULE,
    &invalid_principal_key::RULE,
    &unsupported_principal::RULE,
    &unsupported_wildcard_in_principal::RULE,
    &federated_principal_not_supported::RULE,
    &invalid_aws_principal::RULE,
    &invalid_role_reference::RULE,
    &invalid_user_reference::RULE,
    &allow_with_not_principal::RULE,
    &restrict_access_to_service_principal::RULE,
    &recommended_condition_key_for_service_principal::RULE,
    &confused_deputy_detail::RULE,
    &cross_account_no_guard::RULE,
    &star_with_weak_condition::RULE,
    &self_lockout::RULE,
    &root_principal_misread::RULE,
    &group_principal::RULE,
    &invalid_canonical_user::RULE,
    &canonical_user_outside_s3::RULE,
    &unusual_service_principal::RULE,
];
