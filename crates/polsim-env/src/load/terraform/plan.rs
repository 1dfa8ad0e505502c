//! The resources of a plan, with what is known of each, or of a state.

use super::instance::{AFTER_APPLY, Instance, Module, without_key};
use crate::load::later::{Hole, Kind, Value};
use polsim_text::Span;
use polsim_text::json::{Node, NodeKind};
use std::collections::BTreeMap;

/// How deeply modules may be nested.
const DEEPEST_MODULE: usize = 40;

/// Reads a plan or a state.
pub(super) fn read(node: &Node) -> Module {
    let mut module = Module::default();
    let configuration = configuration(node);
    if let Some(changes) = node.get("resource_changes").and_then(Node::items) {
        for change in changes {
            module.instances.extend(changed(change, &configuration));
        }
    }
    for root in [node.get("planned_values"), node.get("values")].into_iter().flatten() {
        if let Some(root) = root.get("root_module") {
            standing(root, &configuration, 0, &mut module.instances);
        }
    }
    // Data sources that could be read before the plan was made.
    if let Some(root) = node.get("prior_state").and_then(|state| state.get("values")?.get("root_module")) {
        let mut before = Vec::new();
        standing(root, &configuration, 0, &mut before);
        before.retain(|instance| instance.is_data);
        module.instances.extend(before);
    }
    let mut seen = std::collections::BTreeSet::new();
    module.instances.retain(|instance| seen.insert(instance.address.clone()));
    module
}

/// What the configuration says of the expressions of each resource, by address without keys.
type Configuration<'n> = BTreeMap<String, &'n Node>;

fn configuration(node: &Node) -> Configuration<'_> {
    let mut found = BTreeMap::new();
    if let Some(root) = node.get("configuration").and_then(|configuration| configuration.get("root_module")) {
        configured(root, "", 0, &mut found);
    }
    found
}

fn configured<'n>(module: &'n Node, path: &str, depth: usize, found: &mut Configuration<'n>) {
    if depth > DEEPEST_MODULE {
        return;
    }
    for resource in module.get("resources").and_then(Node::items).unwrap_or_default() {
        if let (Some(address), Some(expressions)) =
            (resource.get("address").and_then(Node::as_str), resource.get("expressions"))
        {
            found.insert(format!("{path}{address}"), expressions);
        }
    }
    for call in module.get("module_calls").and_then(Node::members).unwrap_or_default() {
        if let Some(inner) = call.value.get("module") {
            configured(inner, &format!("{path}module.{}.", call.key.value), depth + 1, found);
        }
    }
}

/// The address without any keys: as the configuration has it.
fn bare(address: &str) -> String {
    let mut bare = String::new();
    let mut rest = address;
    while rest.starts_with("module.") {
        let path = super::instance::module_path(rest);
        // The first step alone.
        let step = first_module(path);
        bare.push_str(step.split('[').next().unwrap_or(step));
        bare.push('.');
        rest = rest.get(step.len() + 1..).unwrap_or_default();
    }
    bare.push_str(without_key(rest));
    bare
}

/// The first of the modules of a path.
fn first_module(path: &str) -> &str {
    let mut is_quoted = false;
    for (at, c) in path.char_indices().skip("module.".len()) {
        match c {
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => return path.get(..at).unwrap_or(path),
            _ => {}
        }
    }
    path
}

/// What a resource will be; `None` when it will be no more.
fn changed(change: &Node, configuration: &Configuration<'_>) -> Option<Instance> {
    let text = |name: &str| change.get(name).and_then(Node::as_str);
    let (address, kind) = (text("address")?, text("type")?);
    let inner = change.get("change")?;
    let actions = inner.get("actions").and_then(Node::items).unwrap_or_default();
    if let [only] = actions
        && matches!(only.as_str(), Some("delete" | "forget"))
    {
        return None;
    }
    let after = inner.get("after")?;
    let mut instance = instance(address, kind, text("mode") == Some("data"), configuration);
    instance.values = merged(after, inner.get("after_unknown"), &mut Path::of(&instance), configuration);
    Some(instance)
}

/// The resources of a module as they stand.
fn standing(module: &Node, configuration: &Configuration<'_>, depth: usize, found: &mut Vec<Instance>) {
    if depth > DEEPEST_MODULE {
        return;
    }
    for resource in module.get("resources").and_then(Node::items).unwrap_or_default() {
        let text = |name: &str| resource.get(name).and_then(Node::as_str);
        let (Some(address), Some(kind), Some(values)) =
            (text("address"), text("type"), resource.get("values"))
        else {
            continue;
        };
        let mut instance = instance(address, kind, text("mode") == Some("data"), configuration);
        instance.values = Value::of(values);
        found.push(instance);
    }
    for child in module.get("child_modules").and_then(Node::items).unwrap_or_default() {
        standing(child, configuration, depth + 1, found);
    }
}

fn instance(address: &str, kind: &str, is_data: bool, configuration: &Configuration<'_>) -> Instance {
    let expressions = configuration.get(&bare(address));
    let mut references = BTreeMap::new();
    for member in expressions.and_then(|node| node.members()).unwrap_or_default() {
        references.insert(member.key.value.clone(), references_of(&member.value));
    }
    Instance {
        address: address.to_owned(),
        kind: kind.to_owned(),
        is_data,
        values: Value::new(Span::default(), Kind::Null),
        references,
        has_configuration: expressions.is_some(),
    }
}

fn references_of(expression: &Node) -> Vec<String> {
    let items = expression.get("references").and_then(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

/// Where in a resource we are, to name what is not known there.
struct Path {
    address: String,
    bare: String,
    steps: Vec<String>,
}

impl Path {
    fn of(instance: &Instance) -> Self {
        Self { address: instance.address.clone(), bare: bare(&instance.address), steps: Vec::new() }
    }

    /// The first reference of the expression here, else the place itself.
    fn hole(&self, configuration: &Configuration<'_>) -> Hole {
        let mut node = configuration.get(&self.bare).copied();
        for step in &self.steps {
            // One expression may give a whole list.
            let next = node.and_then(|node| match step.parse::<usize>() {
                Ok(at) => node.items().and_then(|items| items.get(at)),
                Err(_) => node.get(step),
            });
            match next {
                Some(next) => node = Some(next),
                None => break,
            }
        }
        let reference = node.and_then(|node| references_of(node).into_iter().next());
        let name = reference.unwrap_or_else(|| format!("{}.{}", self.address, self.steps.join(".")));
        Hole::text(name, AFTER_APPLY)
    }
}

/// What is known after apply, with holes where that is not known yet.
fn merged(after: &Node, unknown: Option<&Node>, path: &mut Path, configuration: &Configuration<'_>) -> Value {
    let Some(unknown) = unknown else { return Value::of(after) };
    match (&after.kind, &unknown.kind) {
        (_, NodeKind::Bool(true)) => Value::unknown(after.span, path.hole(configuration)),
        (NodeKind::Object(members), NodeKind::Object(unknowns)) => {
            let mut merged_members = Vec::new();
            for member in members {
                path.steps.push(member.key.value.clone());
                let value = merged(&member.value, unknown.get(&member.key.value), path, configuration);
                path.steps.pop();
                merged_members.push((member.key.clone(), value));
            }
            for member in unknowns.iter().filter(|member| after.get(&member.key.value).is_none()) {
                if member.value.kind == NodeKind::Bool(true) {
                    path.steps.push(member.key.value.clone());
                    let value = Value::unknown(member.key.span, path.hole(configuration));
                    path.steps.pop();
                    merged_members.push((member.key.clone(), value));
                }
            }
            Value::new(after.span, Kind::Map(merged_members))
        }
        (NodeKind::Array(items), NodeKind::Array(unknowns)) => {
            let mut values = Vec::new();
            for at in 0..items.len().max(unknowns.len()) {
                path.steps.push(at.to_string());
                values.push(match (items.get(at), unknowns.get(at)) {
                    (Some(item), unknown) => merged(item, unknown, path, configuration),
                    (None, Some(unknown)) => Value::unknown(unknown.span, path.hole(configuration)),
                    (None, None) => Value::new(after.span, Kind::Null),
                });
                path.steps.pop();
            }
            Value::new(after.span, Kind::List(values))
        }
        _ => Value::of(after),
    }
}
