//! `Principal` and `NotPrincipal` (S2.4): entries as tests on properties of principals.

use crate::Class;
use crate::formula::Attribute;
use crate::principal_test::{PrincipalTest, Way};
use crate::reading::Reading;
use crate::request::PrincipalKind as Kind;
use polsim_arn::{Arn, Pattern, TextSet};
use polsim_policy::{Element, Principal, PrincipalEntry, PrincipalType};

/// The kinds that live in an account and are not its root user.
const IN_ACCOUNT: [Kind; 3] = [Kind::User, Kind::RoleSession, Kind::FederatedUser];

/// Every kind but services.
const NOT_SERVICE: [Kind; 7] =
    [Kind::User, Kind::RoleSession, Kind::FederatedUser, Kind::Root, Kind::Saml, Kind::Oidc, Kind::Anonymous];

pub(super) fn test(element: &Element<Principal>) -> PrincipalTest {
    let ways = match element.listed() {
        Principal::Everyone => everyone(None),
        Principal::Entries(entries) => entries.iter().flat_map(entry).collect(),
    };
    PrincipalTest { negated: element.is_negated(), ways }
}

/// S2.4.8
fn everyone(services_unless: Option<Reading>) -> Vec<Way> {
    let way = |kinds: &[Kind], unless| Way {
        kinds: kinds.to_vec(),
        tests: Vec::new(),
        class: Class::Everyone,
        unless,
    };
    vec![way(&NOT_SERVICE, None), way(&[Kind::Service], services_unless)]
}

fn way(kinds: &[Kind], class: Class, tests: impl IntoIterator<Item = (Attribute, TextSet)>) -> Way {
    Way { kinds: kinds.to_vec(), tests: tests.into_iter().collect(), class, unless: None }
}

fn entry(entry: &PrincipalEntry) -> Vec<Way> {
    let value = entry.value.value.as_str();
    let only = TextSet::only(value);
    match entry.principal_type {
        PrincipalType::Aws => aws(value),
        // S2.4.7
        PrincipalType::Service => vec![way(&[Kind::Service], Class::Named, [(Attribute::Name, only)])],
        PrincipalType::Federated => {
            vec![way(&[Kind::Saml, Kind::Oidc], Class::Named, [(Attribute::Name, only)])]
        }
        PrincipalType::CanonicalUser => {
            let by_account = way(&IN_ACCOUNT, Class::Account, [(Attribute::CanonicalId, only.clone())]);
            vec![by_account, way(&[Kind::Root], Class::Named, [(Attribute::CanonicalId, only)])]
        }
    }
}

fn aws(value: &str) -> Vec<Way> {
    if value == "*" {
        return everyone(Some(Reading::AwsStarExcludesServices));
    }
    if value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return account([(Attribute::Account, TextSet::only(value))]);
    }
    let Some(arn) = Arn::parse(value) else {
        return unique_id(value);
    };
    if arn.resource == "root" {
        // S2.4.2: the root ARN speaks of the account, and of its own partition only.
        let partition = TextSet::from(Pattern::wildcard(&format!("arn:{}:*", arn.partition)));
        return account([(Attribute::Account, TextSet::only(arn.account)), (Attribute::Arn, partition)]);
    }
    let only = TextSet::only(value);
    match arn.resource.split_once('/').map(|(kind, _)| kind) {
        // S2.4.3, and the user behind a federated user
        Some("user") => vec![
            way(&[Kind::User], Class::Named, [(Attribute::Arn, only.clone())]),
            way(&[Kind::FederatedUser], Class::Issuer, [(Attribute::IssuerArn, only)]),
        ],
        // S2.4.4
        Some("role") => {
            vec![way(&[Kind::RoleSession], Class::Issuer, [(Attribute::IssuerArn, role(value, &arn))])]
        }
        // S2.4.5
        Some("assumed-role") => vec![way(&[Kind::RoleSession], Class::Named, [(Attribute::Arn, only)])],
        Some("federated-user") => vec![way(&[Kind::FederatedUser], Class::Named, [(Attribute::Arn, only)])],
        _ => Vec::new(),
    }
}

/// The role, and the marker that [`Request`](crate::Request) puts in place of the ARN of a role whose path it does not
/// know: partition, account and name without a path.
fn role(value: &str, arn: &Arn<'_>) -> TextSet {
    let name = arn.resource.rsplit('/').next().unwrap_or("");
    let pathless = crate::request::pathless_role(arn.partition, arn.account, name);
    TextSet::union([Pattern::exact(value), Pattern::exact(&pathless)])
}

/// S2.4.2
fn account<const N: usize>(tests: [(Attribute, TextSet); N]) -> Vec<Way> {
    vec![way(&IN_ACCOUNT, Class::Account, tests.clone()), way(&[Kind::Root], Class::Named, tests)]
}

/// S2.4.6
fn unique_id(value: &str) -> Vec<Way> {
    if value.starts_with("AROA") {
        let sessions = TextSet::from(Pattern::wildcard(&format!("{value}:*")));
        return vec![way(&[Kind::RoleSession], Class::Issuer, [(Attribute::UniqueId, sessions)])];
    }
    vec![way(&[Kind::User], Class::Named, [(Attribute::UniqueId, TextSet::only(value))])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s2_4_4_a_role_is_matched_by_its_whole_arn_or_by_the_marker_of_an_unknown_path() {
        let value = "arn:aws:iam::111122223333:role/team/app";
        let set = role(value, &Arn::parse(value).unwrap());
        assert!(set.contains(value));
        assert!(!set.contains("arn:aws:iam::111122223333:role/app"), "another role");
        assert!(set.contains(&crate::request::pathless_role("aws", "111122223333", "app")));
    }
}
