//! Who is let in without being described: accounts, principals of other accounts and services that policies of resources
//! name, and everybody.

use crate::relevance::Relevance;
use polsim_env::Environment;
use polsim_eval::PolicyId;
use polsim_policy::{Effect, Principal, PrincipalType};

/// An account of which nothing is known, for examples; the second one where the first is described.
const STRANGERS: [&str; 2] = ["999999999999", "888888888888"];

/// Somebody whom the environment does not describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Any principal of an account that is not described, which a policy names.
    Account(String),
    /// A principal of such an account.
    Principal,
    /// An AWS service.
    Service,
    /// Any principal of any other account.
    AnyAccount,
}

/// Whom the policies of resources name, as principals that can be asked about.
pub(crate) fn outsiders(environment: &Environment, relevance: &Relevance<'_>) -> Vec<(String, Outside)> {
    let mut found: Vec<(String, Outside)> = Vec::new();
    let mut add = |text: String, outside| {
        let is_new = !found.iter().any(|(other, _)| *other == text);
        // Whom the environment should know and does not is nobody.
        if is_new && environment.who(&text).is_ok_and(|who| who.entry.is_none()) {
            found.push((text, outside));
        }
    };
    for id in ids(environment) {
        let Some(hung) = environment.policy(id) else { continue };
        for statement in relevance.statements(id) {
            let written = hung.policy.statements.get(statement.id.index as usize);
            let Some(element) = written.and_then(|written| written.principal.as_ref()) else { continue };
            if statement.effect != Effect::Allow {
                continue;
            }
            let entries = match element.listed() {
                Principal::Entries(entries) if !element.is_negated() => entries.as_slice(),
                // Everyone, or everyone but.
                _ => {
                    add(stranger(environment), Outside::AnyAccount);
                    continue;
                }
            };
            for entry in entries {
                let value = entry.value.value.as_str();
                let account =
                    value.strip_suffix(":root").and_then(|arn| arn.rsplit(':').next()).unwrap_or(value);
                let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
                match entry.principal_type {
                    PrincipalType::Aws if value == "*" => add(stranger(environment), Outside::AnyAccount),
                    PrincipalType::Aws if is_account => {
                        if environment.account(account).is_none_or(|account| account.is_outside) {
                            add(
                                format!("arn:aws:iam::{account}:role/any"),
                                Outside::Account(account.to_owned()),
                            );
                        }
                    }
                    PrincipalType::Aws => add(value.to_owned(), Outside::Principal),
                    PrincipalType::Service => add(value.to_owned(), Outside::Service),
                    PrincipalType::Federated | PrincipalType::CanonicalUser => {}
                }
            }
        }
    }
    found
}

/// The policies that name principals: those of resources and access points, and those about assuming roles.
fn ids(environment: &Environment) -> Vec<PolicyId> {
    let of_resources = environment.resources().iter().flat_map(|resource| {
        resource.policy.into_iter().chain(resource.access_points.iter().filter_map(|point| point.policy))
    });
    let trust = environment.principals().iter().filter_map(|principal| principal.trust);
    let mut ids: Vec<PolicyId> = of_resources.chain(trust).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn stranger(environment: &Environment) -> String {
    let account = STRANGERS.into_iter().find(|account| environment.account(account).is_none());
    format!("arn:aws:iam::{}:role/any", account.unwrap_or("777777777777"))
}
