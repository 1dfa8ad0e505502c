//! Random services: what is encoded is decoded to itself, and damaged bytes are an error or other facts, never a panic.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim_reference::{
    AccessLevel, ActionFacts, Arity, Facts, KeyFacts, KeyType, Reference, ResourceTypeFacts,
    ResourceUseFacts, ScenarioFacts, ServiceFacts, encode,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;

/// Names that differ in more than letter case.
fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    btree_set("[A-Za-z][A-Za-z0-9-]{0,12}", 0..most).prop_map(|names| {
        let mut seen = BTreeSet::new();
        names.into_iter().filter(|name| seen.insert(name.to_ascii_lowercase())).collect()
    })
}

fn some(of: &[String]) -> impl Strategy<Value = Vec<String>> + use<> {
    subsequence(of.to_vec(), 0..=of.len())
}

fn uses(types: Vec<String>, keys: Vec<String>) -> impl Strategy<Value = Vec<ResourceUseFacts>> {
    let row = |name: String, keys: &[String]| {
        (any::<bool>(), some(keys)).prop_map(move |(is_required, keys)| ResourceUseFacts {
            name: name.clone(),
            is_required,
            keys,
        })
    };
    some(&types).prop_flat_map(move |names| {
        names.into_iter().map(|name| row(name, &keys).boxed()).collect::<Vec<_>>()
    })
}

fn action(name: String, types: Vec<String>, keys: Vec<String>) -> impl Strategy<Value = ActionFacts> {
    let scenario = uses(types.clone(), keys.clone())
        .prop_map(|resource_types| ScenarioFacts { name: "Together".to_owned(), resource_types });
    let of_action = (select(&AccessLevel::ALL[..]), uses(types, keys.clone()), some(&keys));
    (of_action, vec("[a-z]{1,4}:[A-Z][a-z]{0,5}", 0..3), vec(scenario, 0..2)).prop_map(
        move |((level, resource_types, keys), dependents, scenarios)| ActionFacts {
            name: name.clone(),
            level,
            resource_types,
            keys,
            dependents,
            scenarios,
        },
    )
}

fn key(name: String) -> impl Strategy<Value = KeyFacts> {
    let arity = select(&[Arity::One, Arity::Many][..]);
    (any::<bool>(), select(&KeyType::ALL[..]), arity, any::<bool>()).prop_map(
        move |(is_family, key_type, arity, is_also_numeric)| {
            let variable = if is_family { "/${Any}" } else { "" };
            KeyFacts { name: format!("own:{name}{variable}"), key_type, arity, is_also_numeric }
        },
    )
}

fn resource_type(name: String, keys: Vec<String>) -> impl Strategy<Value = ResourceTypeFacts> {
    (vec("arn:\\$\\{Partition\\}:own:::[a-zé/]{0,6}\\$\\{Name\\}", 1..3), some(&keys))
        .prop_map(move |(arns, keys)| ResourceTypeFacts { name: name.clone(), arns, keys })
}

fn all<T: Strategy>(names: Vec<String>, of: impl Fn(String) -> T) -> Vec<T> {
    names.into_iter().map(of).collect()
}

/// The facts of a service, each list in the order in which they come back.
fn service() -> impl Strategy<Value = ServiceFacts> {
    (names(8), names(5), names(12))
        .prop_flat_map(|(keys, types, actions)| (all(keys, key), Just(types), Just(actions)))
        .prop_flat_map(|(mut keys, mut types, mut actions)| {
            keys.sort_by_key(|key| key.name.to_ascii_lowercase());
            types.sort_by_key(|name| name.to_ascii_lowercase());
            actions.sort_by_key(|name| name.to_ascii_lowercase());
            let names: Vec<String> = keys.iter().map(|key| key.name.clone()).collect();
            let rows = all(types.clone(), |name| resource_type(name, names.clone()));
            let actions = all(actions, |name| action(name, types.clone(), names.clone()));
            (Just(keys), rows, actions, any::<bool>(), "[A-Za-z ]{0,9}")
        })
        .prop_map(|(keys, resource_types, actions, has_rcp, name)| ServiceFacts {
            prefix: "own".to_owned(),
            name,
            has_rcp,
            actions,
            resource_types,
            keys,
        })
}

fn bytes(service: &ServiceFacts) -> Vec<u8> {
    let facts =
        Facts { global_keys: service.keys.clone(), services: vec![service.clone()], ..Facts::default() };
    encode(&facts).unwrap()
}

proptest! {
    #[test]
    fn a_service_decodes_to_itself(service in service()) {
        let reference = Reference::open(bytes(&service).leak()).unwrap();
        reference.check().unwrap();
        prop_assert_eq!(reference.service("OWN").unwrap().facts(), service);
    }
}
