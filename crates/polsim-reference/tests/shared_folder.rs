//! The bundled facts held against another extract of the same package, field by field.
//!
//! The extract is no part of the repository. It is looked for in the folder `service-reference` of a folder `shared`
//! beside the checkout; when that is absent, or of another version, the tests say so and pass.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads files and stops at the first surprise"
)]

use polsim_reference::{AccessLevel, Arity, Key, KeyType, Reference, ResourceUse, Service};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn reference() -> &'static Reference {
    Reference::bundled().unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The folder and its global facts.
fn folder() -> Option<(PathBuf, Value)> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join("shared").join("service-reference");
    if !folder.is_dir() {
        println!("{} is absent; nothing was tested", folder.display());
        return None;
    }
    let global = json(&std::fs::read_to_string(folder.join("global.json")).unwrap());
    let version = reference().version();
    let source = &global["source"];
    if source["version"] != version.version.as_str() {
        println!("{} is of version {}; nothing was tested", folder.display(), source["version"]);
        return None;
    }
    assert_eq!(source["package"], version.package.as_str());
    assert!(source["updated"].as_str().unwrap().starts_with(&version.date));
    Some((folder, global))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn set(value: &Value) -> BTreeSet<String> {
    items(value).iter().map(|item| text(item).to_owned()).collect()
}

fn names<'r>(keys: impl Iterator<Item = Key<'r>>) -> BTreeSet<String> {
    keys.map(|key| key.name().to_owned()).collect()
}

fn word(key_type: KeyType, arity: Arity) -> String {
    let array = if arity == Arity::Many { "ArrayOf" } else { "" };
    format!("{array}{key_type}")
}

/// Resource types with whether they are required and their keys; a type can come twice.
fn uses<'r>(uses: impl Iterator<Item = ResourceUse<'r>>) -> Vec<(String, bool, BTreeSet<String>)> {
    let mut uses: Vec<_> = uses
        .map(|row| (row.resource_type().name().to_owned(), row.is_required(), names(row.keys())))
        .collect();
    uses.sort();
    uses
}

fn expected_uses(value: &Value) -> Vec<(String, bool, BTreeSet<String>)> {
    let mut uses: Vec<_> = items(value)
        .iter()
        .map(|row| {
            (text(&row["name"]).to_owned(), row["required"].as_bool().unwrap(), set(&row["condition_keys"]))
        })
        .collect();
    uses.sort();
    uses
}

fn same_service(service: &Service, row: &Value, counts: &mut BTreeMap<&'static str, usize>) {
    let mut count = |what, more: usize| *counts.entry(what).or_default() += more;
    assert_eq!(service.prefix(), text(&row["prefix"]));
    assert_eq!(service.name(), text(&row["name"]));
    assert_eq!(service.has_rcp(), row["rcp"].as_bool().unwrap(), "{}", service.prefix());
    let expected: BTreeMap<&str, &Value> =
        items(&row["actions"]).iter().map(|action| (text(&action["name"]), action)).collect();
    assert_eq!(
        service.actions().map(|action| action.name()).collect::<BTreeSet<_>>(),
        expected.keys().copied().collect()
    );
    count("actions", expected.len());
    for action in service.actions() {
        let row = expected[action.name()];
        assert_eq!(action.level(), text(&row["access_level"]).parse::<AccessLevel>().unwrap(), "{action}");
        assert_eq!(names(action.keys()), set(&row["condition_keys"]), "{action}");
        assert_eq!(uses(action.resources()), expected_uses(&row["resource_types"]), "{action}");
        count("resources of actions", action.resources().count());
        assert_eq!(
            action.dependents().map(str::to_owned).collect::<BTreeSet<_>>(),
            set(&row["dependent_actions"])
        );
        let scenarios: BTreeMap<_, _> =
            action.scenarios().map(|s| (s.name().to_owned(), uses(s.resources()))).collect();
        let expected: BTreeMap<_, _> = items(&row["scenarios"])
            .iter()
            .map(|row| (text(&row["name"]).to_owned(), expected_uses(&row["resource_types"])))
            .collect();
        assert_eq!(scenarios, expected, "{action}");
        count("actions with scenarios", usize::from(!scenarios.is_empty()));
    }
    let expected: BTreeMap<&str, &Value> =
        items(&row["resource_types"]).iter().map(|row| (text(&row["name"]), row)).collect();
    assert_eq!(
        service.resource_types().map(|row| row.name()).collect::<BTreeSet<_>>(),
        expected.keys().copied().collect()
    );
    for resource_type in service.resource_types() {
        let row = expected[resource_type.name()];
        let arns: BTreeSet<String> =
            resource_type.arns().iter().map(|form| form.as_str().to_owned()).collect();
        assert_eq!(arns, set(&row["arns"]));
        assert_eq!(names(resource_type.keys()), set(&row["condition_keys"]), "{}", resource_type.name());
        count("forms of ARNs", arns.len());
    }
    count("resource types", expected.len());
    let expected: BTreeSet<(String, String)> = items(&row["condition_keys"])
        .iter()
        .map(|key| (text(&key["name"]).to_owned(), text(&key["type"]).to_owned()))
        .collect();
    let keys: BTreeSet<_> =
        service.keys().map(|key| (key.name().to_owned(), word(key.key_type(), key.arity()))).collect();
    assert_eq!(keys, expected, "{}", service.prefix());
    count("keys", keys.len());
}

#[test]
fn every_service_is_the_same() {
    let Some((folder, _)) = folder() else { return };
    let lines = std::fs::read_to_string(folder.join("services.jsonl")).unwrap();
    let mut counts = BTreeMap::new();
    let prefixes: Vec<String> = lines
        .lines()
        .map(|line| {
            let row = json(line);
            let prefix = text(&row["prefix"]).to_owned();
            same_service(reference().service(&prefix).unwrap(), &row, &mut counts);
            prefix
        })
        .collect();
    assert_eq!(prefixes.iter().collect::<BTreeSet<_>>().len(), reference().prefixes().len());
    println!("{} services are the same: {counts:?}", prefixes.len());
    assert!(counts["actions"] > 20_000);
}

#[test]
fn the_global_keys_are_the_same() {
    let Some((_, global)) = folder() else { return };
    let rows = items(&global["global_condition_keys"]);
    assert_eq!(reference().global_keys().len(), rows.len());
    for row in rows {
        let key = reference().global_key(text(&row["name"])).unwrap();
        assert_eq!(key.name(), text(&row["name"]));
        assert_eq!(word(key.key_type(), key.arity()), text(&row["type"]), "{}", key.name());
        let also = items(&row["also_types"]).iter().any(|word| word == "Numeric");
        assert_eq!(key.takes(KeyType::Numeric), also || key.key_type() == KeyType::Numeric, "{}", key.name());
    }
    println!("{} global keys are the same", rows.len());
}

#[test]
fn keys_without_a_service_of_their_own_are_found() {
    let Some((_, global)) = folder() else { return };
    let prefixes = global["key_prefixes_without_service"].as_object().unwrap();
    for (prefix, services) in prefixes {
        for service in items(services) {
            let service = reference().service(text(service)).unwrap();
            let mut keys = service.keys().filter(|key| key.prefix() == prefix);
            let key = keys.next().unwrap_or_else(|| panic!("{} lists no key of {prefix}", service.prefix()));
            // Any text for the variable.
            let name = key.name().split_once("${").map_or(key.name().to_owned(), |(head, tail)| {
                format!("{head}any{}", tail.split_once('}').unwrap().1)
            });
            assert_eq!(reference().key(&name), Some(key), "{name}");
        }
    }
    let families = global["variable_key_patterns"].as_object().unwrap();
    for name in families.keys() {
        let any =
            name.split_once("${").map(|(head, tail)| format!("{head}any{}", tail.split_once('}').unwrap().1));
        let key = reference().key(&any.unwrap()).unwrap_or_else(|| panic!("{name} is not found"));
        assert!(key.is_family() && key.name().eq_ignore_ascii_case(name), "{name} is {}", key.name());
    }
    println!("{} prefixes and {} families are found", prefixes.len(), families.len());
}

#[test]
fn the_services_with_resource_control_policies_are_the_same() {
    let Some((_, global)) = folder() else { return };
    let with_rcp: BTreeSet<String> = reference()
        .services()
        .filter(|service| service.has_rcp())
        .map(|service| service.prefix().to_owned())
        .collect();
    assert_eq!(with_rcp, set(&global["rcp_services"]));
}
