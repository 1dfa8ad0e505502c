//! NET: networks that models run in, with the policies that count there. `polsim lint --network` looks at them.

mod bucket_refuses_subnet;
mod closed_to_https;
mod closed_to_itself;
mod decided;
mod dns_attributes_off;
mod endpoint_in_other_region;
mod endpoint_without_allow;
mod image_layers_closed;
mod no_way_to_s3;
mod one_availability_zone;
mod repositories_open;
mod role_cannot_make_interfaces;
mod s3_past_the_endpoint;
mod service_without_way;
mod source_ip_behind_the_endpoint;
mod through_endpoint;
mod too_few_addresses;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &one_availability_zone::RULE,
    &too_few_addresses::RULE,
    &no_way_to_s3::RULE,
    &s3_past_the_endpoint::RULE,
    &endpoint_without_allow::RULE,
    &dns_attributes_off::RULE,
    &endpoint_in_other_region::RULE,
    &closed_to_https::RULE,
    &closed_to_itself::RULE,
    &role_cannot_make_interfaces::RULE,
    &service_without_way::RULE,
    &bucket_refuses_subnet::RULE,
    &source_ip_behind_the_endpoint::RULE,
    &image_layers_closed::RULE,
    &repositories_open::RULE,
];
