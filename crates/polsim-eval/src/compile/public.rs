//! What S3 Block Public Access takes for a public policy (S4.17.2).
//!
//! This is S3's own test on the text of a policy. Whether outsiders really have access is a question for the prover.

use polsim_policy::{Condition, Effect, Element, OperatorName, Policy, Principal, PrincipalType, Statement};
use polsim_value::AddressRange;

/// Public until every Allow statement is shown not to be.
pub(super) fn is_public(policy: &Policy) -> bool {
    policy
        .statements
        .iter()
        .any(|statement| statement.effect.value == Effect::Allow && allows_public(statement))
}

fn allows_public(statement: &Statement) -> bool {
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
    !fixed_principal && !has_fixed_condition(&statement.condition)
}

/// Keys whose fixed value makes a grant specific.
const FIXING_KEYS: [&str; 12] = [
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
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
];

fn has_fixed_condition(condition: &Condition) -> bool {
    let blocks = condition.blocks.iter().filter(|block| {
        let operator = block.operator.value;
        operator.quantifier.is_none() && !operator.if_exists && !operator.name.is_negated()
    });
    blocks
        .flat_map(|block| block.keys.iter().map(move |key| (block.operator.value.name, key)))
        .any(|(name, block)| {
            let key = block.key.value.folded();
            let mut values = block.values.iter().map(|value| value.value.text.as_str());
            !block.values.is_empty() && values.all(|value| is_fixed(name, &key, value))
        })
}

fn is_fixed(name: OperatorName, key: &str, value: &str) -> bool {
    use OperatorName as Name;
    match name {
        Name::IpAddress => key == "aws:sourceip" && is_narrow(value),
        Name::StringEquals
        | Name::StringEqualsIgnoreCase
        | Name::StringLike
        | Name::ArnEquals
        | Name::ArnLike => FIXING_KEYS.contains(&key) && has_fixed_value(key, value),
        _ => false,
    }
}

fn has_fixed_value(key: &str, value: &str) -> bool {
    if value.contains("${") {
        return false;
    }
    let wild = |text: &str| text.contains(['*', '?']);
    if key == "s3:dataaccesspointarn" {
        // The name may be wild when the account is fixed.
        return polsim_arn::Arn::parse(value)
            .is_some_and(|arn| !arn.account.is_empty() && !wild(arn.account));
    }
    if key == "aws:userid" && value.starts_with("AROA") && value.ends_with(":*") {
        return false;
    }
    !wild(value)
}

/// Not broader than /8 for IPv4 and /32 for IPv6.
fn is_narrow(value: &str) -> bool {
    let length = value
        .split_once('/')
        .and_then(|(_, length)| length.parse::<u8>().ok());
    let bound = if value.contains(':') { 32 } else { 8 };
    AddressRange::read(value).is_some() && length.is_none_or(|length| length >= bound)
}
