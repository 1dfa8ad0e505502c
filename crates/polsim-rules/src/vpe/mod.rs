//! VPE: policies of VPC endpoints, and tests of where in the network a request comes from.

mod access_point_without_bucket;
mod endpoint_account_mixed_wildcard;
mod endpoint_deny_only;
mod endpoint_foreign_service;
mod endpoint_misses_aws_buckets;
mod endpoint_not_principal;
mod endpoint_open_identities;
mod endpoint_open_resources;
mod endpoint_own_id;
mod endpoint_specific_principal;
mod express_session;
mod network_deny_deadlock;
mod network_lockout;
mod open_allow;
mod perimeter_tests_wrong_side;
mod source_ip_behind_endpoint;
mod vpcsourceip_unanchored;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &endpoint_deny_only::RULE,
    &endpoint_specific_principal::RULE,
    &endpoint_not_principal::RULE,
    &endpoint_account_mixed_wildcard::RULE,
    &source_ip_behind_endpoint::RULE,
    &network_deny_deadlock::RULE,
    &endpoint_own_id::RULE,
    &endpoint_foreign_service::RULE,
    &network_lockout::RULE,
    &endpoint_open_resources::RULE,
    &endpoint_open_identities::RULE,
    &access_point_without_bucket::RULE,
    &endpoint_misses_aws_buckets::RULE,
    &perimeter_tests_wrong_side::RULE,
    &vpcsourceip_unanchored::RULE,
    &express_session::RULE,
];
