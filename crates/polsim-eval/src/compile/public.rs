//! What S3 Block Public Access takes for a public policy (S4.17.2).
//!
//! This is S3's own test on the text of a policy. Whether outsiders really have access is a question for the prover.

use polsim_arn::Arn;
use polsim_policy::{
    Condition, Effect, Element, OperatorName, Policy, Principal, PrincipalType, SetQuantifier, Statement,
    Version,
};
use polsim_value::AddressRange;

/// Public until every Allow statement is shown not to be.
pub(super) fn is_public(policy: &Policy) -> bool {
    let version = policy.effective_version();
    policy
        .statements
        .iter()
        .any(|statement| statement.effect.value == Effect::Allow && allows_public(statement, version))
}

fn allows_public(statement: &Statement, version: Version) -> bool {
    let fixed_principal = match &statement.principal {
        None => true,
        Some(Element::Not(_)) => false,
        Some(Element::Is(principal)) => match &principal.value {
            Principal::Everyone => false,
            Principal::Entries(entries) => entries
                .iter()
                .all(|entry| entry.principal_type != PrincipalType::Aws || entry.value.value != "*"),
        },
    };
    !fixed_principal && !has_fixed_condition(&statement.condition, version)
}

/// Keys whose fixed value makes a grant specific.
const FIXING_KEYS: [&str; 11] = [
    "aws:principalorgid",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "aws:userid",
    "s3:dataaccesspointaccount",
];

/// Of the set operators `ForAnyValue` counts: it asks for a value that is there.
fn has_fixed_condition(condition: &Condition, version: Version) -> bool {
    let blocks = condition.blocks.iter().filter(|block| {
        let operator = block.operator.value;
        operator.quantifier != Some(SetQuantifier::ForAllValues)
            && !operator.if_exists
            && compares_values(operator.name)
    });
    blocks.flat_map(|block| &block.keys).any(|block| {
        let key = block.key.value.folded();
        let mut values = block.values.iter().map(|value| value.value.text.as_str());
        !block.values.is_empty() && values.all(|value| is_fixed(&key, value, version))
    })
}

/// The positive operators that hold a key to a text, an ARN or an address.
fn compares_values(name: OperatorName) -> bool {
    use OperatorName as Name;
    matches!(
        name,
        Name::StringEquals
            | Name::StringEqualsIgnoreCase
            | Name::StringLike
            | Name::ArnEquals
            | Name::ArnLike
            | Name::IpAddress
    )
}

fn is_fixed(key: &str, value: &str, version: Version) -> bool {
    let has_variable = version == Version::V2012 && value.contains("${");
    match key {
        "aws:sourceip" => is_narrow(value),
        "s3:dataaccesspointarn" => !has_variable && (!is_wild(value) || only_the_name_is_wild(value)),
        key => FIXING_KEYS.contains(&key) && !has_variable && !is_wild(value),
    }
}

fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The name of an access point may be wild when its account, and all before it, is fixed.
fn only_the_name_is_wild(value: &str) -> bool {
    Arn::parse(value).is_some_and(|arn| {
        let is_fixed = ![arn.partition, arn.service, arn.region, arn.account].into_iter().any(is_wild);
        is_fixed && !arn.account.is_empty() && arn.resource.starts_with("accesspoint/")
    })
}

/// Not broader than /8 for IPv4 and /32 for IPv6.
fn is_narrow(value: &str) -> bool {
    let length = value.split_once('/').and_then(|(_, length)| length.parse::<u8>().ok());
    let bound = if value.contains(':') { 32 } else { 8 };
    AddressRange::read(value).is_some() && length.is_none_or(|length| length >= bound)
}
