//! S3R: buckets and objects of S3 as resources.

mod action_resource_mismatch;
mod arn_variable_bucket;
pub(crate) mod aws_buckets;
pub(crate) mod bucket_grammar;
mod bucket_prefix_neighbour;
mod case_variants;
mod header_deny_absent;
mod impossible_bucket_name;
mod incomplete_deny_family;
mod list_without_prefix;
mod object_arn_in_bucket_create;
mod open_bucket_set;
pub(crate) mod path;
mod region_literal_available;
pub(crate) mod stranger;
mod wildcard_crosses_slash;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &action_resource_mismatch::RULE,
    &open_bucket_set::RULE,
    &wildcard_crosses_slash::RULE,
    &impossible_bucket_name::RULE,
    &bucket_prefix_neighbour::RULE,
    &incomplete_deny_family::RULE,
    &region_literal_available::RULE,
    &arn_variable_bucket::RULE,
    &list_without_prefix::RULE,
    &header_deny_absent::RULE,
    &object_arn_in_bucket_create::RULE,
    &case_variants::RULE,
];
