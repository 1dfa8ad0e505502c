//! Files of facts that are not AWS's (`--reference FILE`), YAML or JSON; `docs/reference.md` has the format.
//!
//! The file says what it is about in the words of AWS's service authorization reference. It is read as environments are:
//! every mistake at its place. What only shows when all facts are put together is looked for in the text again.

use crate::environment::entry;
use crate::read::{Origin, Reader};
use polsim_env::read::{Found, FromNode, Members};
use polsim_env::{ProblemKind, yaml};
use polsim_reference::{
    AccessLevel, ActionFacts, Extra, ExtraService, FactError, KeyFacts, KeyType, Reference,
    ResourceTypeFacts, ResourceUseFacts, ServiceFacts,
};
use polsim_report::{Entry, Level, Place};
use polsim_text::json::{Node, NodeKind};
use polsim_text::{Source, Span};

/// The facts of the file on top of `reference`.
pub(crate) fn extended(
    reference: &Reference,
    origin: &Origin,
    reader: &Reader,
) -> Result<Reference, Vec<Entry>> {
    let source = reader.read(origin).map_err(|error| vec![error.entry()])?;
    let node = yaml::parse(&source, reader.limits()).map_err(|problem| vec![entry(&problem)])?;
    let mut found = Found::new(&source);
    let file = File::read(&node, &mut found);
    let mut problems = found.problems;
    problems.sort_by_key(|problem| problem.span);
    problems.truncate(reader.limits().max_problems.max(1));
    match file.filter(|_| problems.is_empty()) {
        Some(file) => {
            let extra = Extra { services: file.services.into_iter().map(|service| service.0).collect() };
            reference.with(&extra).map_err(|error| vec![misfit(&error, &node, &source)])
        }
        None => Err(problems.iter().map(entry).collect()),
    }
}

/// Facts that do not fit together, at the place of the name that they are about.
fn misfit(error: &FactError, file: &Node, source: &Source) -> Entry {
    let (service, name) = error.at();
    let services = file.get("services").and_then(Node::items).unwrap_or(&[]);
    let is_it = |node: &&Node| node.get("prefix").and_then(Node::as_str).is_some_and(|text| text == service);
    let within = services.iter().find(is_it).unwrap_or(file);
    // Of two of the same name the second is the one too many, and what names is behind what is named.
    let span = places(within, name).last().copied().unwrap_or(within.span);
    let entry = Entry::new(Level::Error, error.to_string()).with_code("REF002");
    let entry = entry.at(Place::primary(source, span));
    match error {
        FactError::Unknown { what: "condition key", .. } => entry.with_help(
            "list the key with its type under `condition_keys`; only global keys are known without it",
        ),
        FactError::Unknown { .. } => entry.with_help("describe it under `resource_types`, with its ARNs"),
        _ => entry,
    }
}

/// Where a text stands, in order.
fn places(node: &Node, text: &str) -> Vec<Span> {
    match &node.kind {
        NodeKind::Array(items) => items.iter().flat_map(|item| places(item, text)).collect(),
        NodeKind::Object(members) => members.iter().flat_map(|member| places(&member.value, text)).collect(),
        _ if node.as_str() == Some(text) => vec![node.span],
        _ => Vec::new(),
    }
}

struct File {
    services: Vec<FileService>,
}

struct FileService(ExtraService);
struct FileAction(ActionFacts);
struct FileUse(ResourceUseFacts);
struct FileType(ResourceTypeFacts);
struct FileKey(KeyFacts);
struct FileLevel(AccessLevel);

impl FromNode for File {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let members = Members::of(node, &["services"], found)?;
        Some(Self { services: members.read("services", found)? })
    }
}

impl FromNode for FileService {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let known = &["prefix", "name", "whole", "rcp", "actions", "resource_types", "condition_keys"];
        let members = Members::of(node, known, found)?;
        let prefix = members.read("prefix", found);
        let name = members.read::<Option<String>>("name", found);
        let is_whole = members.read::<Option<bool>>("whole", found);
        let has_rcp = members.read::<Option<bool>>("rcp", found);
        let actions = members.read::<Option<Vec<FileAction>>>("actions", found);
        let resource_types = members.read::<Option<Vec<FileType>>>("resource_types", found);
        let keys = members.read::<Option<Vec<FileKey>>>("condition_keys", found);
        let facts = ServiceFacts {
            prefix: prefix?,
            name: name?.unwrap_or_default(),
            has_rcp: has_rcp?.unwrap_or(false),
            actions: actions?.into_iter().flatten().map(|action| action.0).collect(),
            resource_types: resource_types?.into_iter().flatten().map(|row| row.0).collect(),
            keys: keys?.into_iter().flatten().map(|key| key.0).collect(),
        };
        Some(Self(ExtraService { facts, is_whole: is_whole?.unwrap_or(false) }))
    }
}

impl FromNode for FileAction {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let known = &["name", "access_level", "resource_types", "condition_keys", "dependent_actions"];
        let members = Members::of(node, known, found)?;
        let name = members.read("name", found);
        let level = members.read::<FileLevel>("access_level", found);
        let resource_types = members.read::<Option<Vec<FileUse>>>("resource_types", found);
        let keys = members.read::<Option<Vec<String>>>("condition_keys", found);
        let dependents = members.read::<Option<Vec<String>>>("dependent_actions", found);
        Some(Self(ActionFacts {
            name: name?,
            level: level?.0,
            resource_types: resource_types?.into_iter().flatten().map(|row| row.0).collect(),
            keys: keys?.unwrap_or_default(),
            dependents: dependents?.unwrap_or_default(),
            scenarios: Vec::new(),
        }))
    }
}

impl FromNode for FileUse {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        // The name alone, when there is nothing more to say.
        if let Some(name) = node.as_str() {
            let name = name.to_owned();
            return Some(Self(ResourceUseFacts { name, is_required: false, keys: Vec::new() }));
        }
        let members = Members::of(node, &["name", "required", "condition_keys"], found)?;
        let name = members.read("name", found);
        let is_required = members.read::<Option<bool>>("required", found);
        let keys = members.read::<Option<Vec<String>>>("condition_keys", found);
        let is_required = is_required?.unwrap_or(false);
        Some(Self(ResourceUseFacts { name: name?, is_required, keys: keys?.unwrap_or_default() }))
    }
}

impl FromNode for FileType {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let members = Members::of(node, &["name", "arns", "condition_keys"], found)?;
        let name = members.read("name", found);
        let arns = members.read("arns", found);
        let keys = members.read::<Option<Vec<String>>>("condition_keys", found);
        Some(Self(ResourceTypeFacts { name: name?, arns: arns?, keys: keys?.unwrap_or_default() }))
    }
}

impl FromNode for FileKey {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let members = Members::of(node, &["name", "type"], found)?;
        let name = members.read("name", found);
        let (key_type, arity) = members.read::<KeyWord>("type", found)?.0;
        Some(Self(KeyFacts { name: name?, key_type, arity, is_also_numeric: false }))
    }
}

impl FromNode for FileLevel {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let level = node.as_str().and_then(|word| word.parse().ok());
        if level.is_none() {
            wrong("`List`, `Read`, `Write`, `Permissions management` or `Tagging`", node, found);
        }
        level.map(Self)
    }
}

/// A type and an arity in AWS's one word for both.
struct KeyWord((KeyType, polsim_reference::Arity));

impl FromNode for KeyWord {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let word = node.as_str().and_then(|word| KeyType::with_arity(word).ok());
        if word.is_none() {
            let wanted = "`String`, `ARN`, `Bool`, `Date`, `Numeric`, `IPAddress` or `Binary`, or `ArrayOf` and one of these,";
            wrong(wanted, node, found);
        }
        word.map(Self)
    }
}

fn wrong(wanted: &'static str, node: &Node, found: &mut Found<'_>) {
    let found_kind = if node.as_str().is_some() { "another word" } else { node.kind_name() };
    found.push(ProblemKind::WrongKind { wanted, found: found_kind }, node.span);
}
