//! Things by their names, in the order of the file.

use super::Placed;
use crate::read::{Found, FromNode, report_repeated};
use polsim_text::json::Node;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Things by their names, in the order of the file. A name that comes twice is a problem of the file.
#[derive(Clone, Debug)]
pub struct Named<T> {
    entries: Vec<(Placed<String>, T)>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Named<T> {
    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = (&Placed<String>, &T)> {
        self.entries.iter().map(|(name, entry)| (name, entry))
    }

    /// The entry of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.iter().find_map(|(own, entry)| (own.value == name).then_some(entry))
    }

    /// The first entry that is meant, to be completed.
    pub(crate) fn find_mut(&mut self, is_meant: impl Fn(&T) -> bool) -> Option<&mut T> {
        self.entries.iter_mut().map(|(_, entry)| entry).find(|entry| is_meant(entry))
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.value.as_str())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn push(&mut self, name: Placed<String>, entry: T) {
        self.entries.push((name, entry));
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}ByName", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

impl<T: FromNode> FromNode for Named<T> {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let Some(members) = node.members() else {
            found.wrong_kind("an object with a name for each entry", node);
            return None;
        };
        report_repeated(members, found);
        let mut named = Self::default();
        let mut complete = true;
        for member in members {
            let name = Placed::new(member.key.value.clone(), member.key.span);
            match T::read(&member.value, found) {
                Some(entry) => named.push(name, entry),
                None => complete = false,
            }
        }
        complete.then_some(named)
    }
}
