//! S3 Block Public Access: is a policy public? (S4.17.2, S4.17.3)

use crate::address::read_block;
use crate::arn::{segment, segments};
use polsim_policy::{
    Effect, Element, OperatorBlock, OperatorName, Policy, Principal, PrincipalType, SetQuantifier, Statement,
    Version,
};

/// S4.17.3: one public Allow makes the whole policy public.
pub(crate) fn is_public(policy: &Policy) -> bool {
    let version = policy.effective_version();
    policy
        .statements
        .iter()
        .filter(|statement| statement.effect.value == Effect::Allow)
        .any(|statement| !has_fixed_principal(statement) && !has_fixed_condition(statement, version))
}

/// S4.17.2: every entry is an account, user, role or service. `NotPrincipal` fixes nobody.
fn has_fixed_principal(statement: &Statement) -> bool {
    match &statement.principal {
        Some(Element::Is(listed)) => match &listed.value {
            Principal::Everyone => false,
            Principal::Entries(entries) => entries
                .iter()
                .all(|entry| entry.principal_type != PrincipalType::Aws || entry.value.value != "*"),
        },
        Some(Element::Not(_)) | None => false,
    }
}

/// S4.17.2: some positive condition with fixed values on one of the listed keys.
fn has_fixed_condition(statement: &Statement, version: Version) -> bool {
    statement.condition.blocks.iter().filter(|block| counts(block)).any(|block| {
        block.keys.iter().any(|pair| {
            let key = pair.key.value.as_str().to_ascii_lowercase();
            !pair.values.is_empty()
                && pair.values.iter().all(|value| is_fixed(&key, &value.value.text, version))
        })
    })
}

/// `IfExists`, `ForAllValues` and negated operators do not count; of the positive ones those that compare a value with
/// the text, the ARN or the address of the policy do.
fn counts(block: &OperatorBlock) -> bool {
    let operator = block.operator.value;
    let compares = matches!(
        operator.name,
        OperatorName::StringEquals
            | OperatorName::StringEqualsIgnoreCase
            | OperatorName::StringLike
            | OperatorName::ArnEquals
            | OperatorName::ArnLike
            | OperatorName::IpAddress
    );
    compares && !operator.if_exists && operator.quantifier != Some(SetQuantifier::ForAllValues)
}

/// Whether one of the keys of S4.17.2 (in lower case) is held to a fixed value. `aws:userid` of the form `AROAID:*` is
/// out by its wildcard.
fn is_fixed(key: &str, value: &str, version: Version) -> bool {
    let has_variable = version == Version::V2012 && value.contains("${");
    let has_wildcard = value.contains(['*', '?']);
    match key {
        "aws:principalorgid"
        | "aws:principalarn"
        | "aws:principalaccount"
        | "aws:sourcearn"
        | "aws:sourcevpc"
        | "aws:sourcevpce"
        | "aws:sourceowner"
        | "aws:sourceaccount"
        | "aws:userid"
        | "s3:x-amz-server-side-encryption-aws-kms-key-id"
        | "s3:dataaccesspointaccount" => !has_variable && !has_wildcard,
        "aws:sourceip" => is_narrow(value),
        "s3:dataaccesspointarn" => !has_variable && (!has_wildcard || only_the_name_is_wild(value)),
        _ => false,
    }
}

/// IPv4 not broader than /8, IPv6 not broader than /32.
fn is_narrow(value: &str) -> bool {
    read_block(value).is_some_and(|block| block.bits.len() >= if block.is_v6 { 32 } else { 8 })
}

/// The name of an access point may be wild when the account is fixed.
fn only_the_name_is_wild(value: &str) -> bool {
    let head_is_fixed = segments(value).iter().take(5).all(|part| !part.contains(['*', '?']));
    head_is_fixed && !segment(value, 5).is_empty() && segment(value, 6).starts_with("accesspoint/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s4_17_2_fixed_values() {
        let fixed = |key, value| is_fixed(key, value, Version::V2012);
        assert!(fixed("aws:sourcevpc", "vpc-1") && !fixed("aws:sourcevpc", "vpc-*"));
        assert!(!fixed("aws:principalorgid", "${aws:PrincipalOrgID}") && !fixed("aws:username", "bob"));
        assert!(fixed("aws:sourceip", "10.0.0.0/8") && !fixed("aws:sourceip", "10.0.0.0/7"));
        assert!(fixed("aws:sourceip", "2001:db8::/32") && !fixed("aws:sourceip", "2001::/31"));
        assert!(fixed("s3:dataaccesspointarn", "arn:aws:s3:r:111111111111:accesspoint/*"));
        assert!(!fixed("s3:dataaccesspointarn", "arn:aws:s3:r:*:accesspoint/*"));
        assert!(!fixed("aws:userid", "AROAX:*"));
    }
}
