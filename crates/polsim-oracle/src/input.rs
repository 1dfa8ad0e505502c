//! Requests that are refused before any policy is read.

use crate::{Case, DuplicateKeys};
use polsim_policy::{Effect, Element, Policy};

/// Why a question has no answer; a conformance vector then expects `Invalid`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// S2.2.6: the action is not a concrete `prefix:Name`.
    #[error("`{0}` is not a concrete action")]
    Action(String),
    /// The resource is neither `*` nor an ARN of six segments.
    #[error("`{0}` is not the ARN of a resource")]
    Resource(String),
    /// S3.2.3: two context keys are equal but for their case.
    #[error("the context has both `{0}` and `{1}`")]
    DuplicateKey(String, String),
    /// S5.1.2: the context contradicts what follows from the principal.
    #[error("the context contradicts the derived key `{0}`")]
    Contradiction(String),
    /// S1.7.7: `NotPrincipal` with `Allow`, without the switch of A9.
    #[error("a policy allows with NotPrincipal")]
    NotPrincipalAllow,
}

/// All checks that need no derivation.
pub(crate) fn check(case: &Case) -> Result<(), InputError> {
    let request = &case.request;
    if !is_concrete_action(&request.action) {
        return Err(InputError::Action(request.action.clone()));
    }
    for resource in std::iter::once(&request.resource).chain(&request.underlying_resource) {
        if resource != "*" && !crate::arn::is_arn(resource) {
            return Err(InputError::Resource(resource.clone()));
        }
    }
    if case.settings.readings.duplicate_keys == DuplicateKeys::InputError {
        check_distinct_keys(case)?;
    }
    if !case.settings.legacy_notprincipal_allow && resource_type_policies(case).any(allows_with_not_principal)
    {
        return Err(InputError::NotPrincipalAllow);
    }
    Ok(())
}

/// S2.2.6: `prefix:Name` in the letters of S1.8.2 and S1.8.3, without wildcards.
fn is_concrete_action(action: &str) -> bool {
    let Some((prefix, name)) = action.split_once(':') else {
        return false;
    };
    let prefix_letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !prefix.is_empty()
        && !name.is_empty()
        && prefix.chars().all(prefix_letter)
        && name.chars().all(name_letter)
}

/// S3.2.3.
fn check_distinct_keys(case: &Case) -> Result<(), InputError> {
    let keys: Vec<&String> = case.request.context.keys().collect();
    for (at, key) in keys.iter().enumerate() {
        if let Some(twin) = keys.iter().skip(at + 1).find(|other| other.eq_ignore_ascii_case(key)) {
            return Err(InputError::DuplicateKey((*key).clone(), (*twin).clone()));
        }
    }
    Ok(())
}

fn resource_type_policies(case: &Case) -> impl Iterator<Item = &Policy> {
    let policies = &case.policies;
    policies.resource.iter().chain(&policies.accesspoint).chain(&policies.endpoint)
}

/// S1.7.7.
fn allows_with_not_principal(policy: &Policy) -> bool {
    policy.statements.iter().any(|statement| {
        statement.effect.value == Effect::Allow && matches!(statement.principal, Some(Element::Not(_)))
    })
}
