//! ARN: resources.

/// The example of a statement that allows an action on a resource.
macro_rules! allow {
    ($action:literal, $resource:literal) => {
        &[polsim_lint::Example::statements(
            polsim_policy::PolicyType::Identity,
            concat!(r#"{"Effect": "Allow", "Action": ""#, $action, r#"", "Resource": ""#, $resource, r#""}"#),
        )]
    };
}

mod fault;
mod form;
mod refused;
mod resource_mismatch;
mod unsupported_resource_arn_in_policy;

use polsim_lint::Rule;

/// In the order of their codes.
pub(crate) const RULES: &[&Rule] = &[
    &unsupported_resource_arn_in_policy::RULE,
    &refused::INVALID_PREFIX,
    &refused::MISSING_FIELD,
    &form::PARTITION,
    &form::SERVICE_CASE,
    &form::REGION,
    &form::REGION_NOT_ALLOWED,
    &form::MISSING_REGION,
    &form::ACCOUNT,
    &form::ACCOUNT_NOT_ALLOWED,
    &form::MISSING_ACCOUNT,
    &form::RESOURCE,
    &resource_mismatch::RULE,
    &refused::KMS_RESOURCE,
    &refused::WILDCARD_SERVICE,
    &refused::WILDCARD_TYPE,
];

/// The rule of the family ACT that looks at ARNs.
pub(crate) use fault::services_without_facts;
