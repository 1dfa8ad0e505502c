//! CND: conditions.

/// The example of a statement that allows under a condition.
macro_rules! allow_if {
    ($condition:literal) => {
        &[polsim_lint::Example::statements(
            polsim_policy::PolicyType::Identity,
            concat!(
                "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\",\n \"Condition\": ",
                $condition,
                "}"
            ),
        )]
    };
}

mod absent_key_opens;
mod arn_operator_too_few_fields;
mod companions;
mod expired_date;
mod for_all_values;
mod invalid_condition_data_type;
mod invalid_condition_multiple_boolean;
mod invalid_date_value;
mod ipv4_only;
mod keys_of_actions;
mod missing_qualifier;
mod no_secure_transport;
mod positive_deny_absent;
mod principal_arn_session_form;
mod principals_and_carriers;
mod private_addresses;
mod proved_conditions;
mod refused;
mod type_mismatch;
mod unknown_keys;
mod unreadable_values;
mod unsupported_tag_keys;
mod use_condition_key_only_with_supported_services;
mod value_forms;
mod wildcard_usage_too_permissive;
mod wildcard_without_like_operator;

use polsim_lint::Rule;

/// In the order of their codes.
pub(crate) const RULES: &[&Rule] = &[
    &refused::DUPLICATE_KEYS,
    &refused::INVALID_OPERATOR,
    &refused::NULL_WITH_IF_EXISTS,
    &refused::INVALID_KEY_FORMAT,
    &invalid_condition_data_type::RULE,
    &invalid_condition_multiple_boolean::RULE,
    &unknown_keys::GLOBAL,
    &unknown_keys::WITHDRAWN_KEY,
    &unknown_keys::OF_SERVICE,
    &keys_of_actions::NAMED,
    &companions::ACTION,
    &missing_qualifier::RULE,
    &refused::MISSING_TAG_KEY,
    &value_forms::VPC,
    &value_forms::VPCE,
    &value_forms::REGION,
    &value_forms::SERVICE_PRINCIPAL,
    &value_forms::KMS_KEY,
    &unreadable_values::IP_RANGE,
    &private_addresses::ONLY,
    &private_addresses::ONLY_NOT,
    &principals_and_carriers::SERVICE_PRINCIPAL,
    &wildcard_usage_too_permissive::RULE,
    &invalid_date_value::RULE,
    &wildcard_without_like_operator::RULE,
    &type_mismatch::MISMATCH,
    &unreadable_values::BOOLEAN,
    &unreadable_values::DATE,
    &unreadable_values::NUMBER,
    &unreadable_values::BINARY,
    &use_condition_key_only_with_supported_services::RULE,
    &for_all_values::SINGLE,
    &companions::KEY,
    &unsupported_tag_keys::DENY,
    &unsupported_tag_keys::DENY_NOT_ACTION,
    &type_mismatch::STRING_ON_ARN,
    &private_addresses::AMONG,
    &private_addresses::AMONG_NOT,
    &unsupported_tag_keys::ALLOW,
    &unsupported_tag_keys::ALLOW_NOT_ACTION,
    &principals_and_carriers::IRRELEVANT,
    &absent_key_opens::NEGATED,
    &absent_key_opens::FOR_ALL,
    &for_all_values::DENIES,
    &for_all_values::NEGATED,
    &absent_key_opens::IF_EXISTS,
    &positive_deny_absent::RULE,
    &proved_conditions::NEVER,
    &proved_conditions::ALWAYS,
    &value_forms::LETTER_CASE,
    &value_forms::VALUE_GRAMMAR,
    &principal_arn_session_form::RULE,
    &arn_operator_too_few_fields::RULE,
    &ipv4_only::RULE,
    &expired_date::RULE,
    &no_secure_transport::RULE,
    &keys_of_actions::MATCHED,
    &refused::UNUSUAL_CASE,
];
