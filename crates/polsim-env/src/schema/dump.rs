//! A dump as an environment names it.

use super::Placed;
use crate::read::{Found, FromNode};
use polsim_text::json::{Node, NodeKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A file that policies come from, or a folder of such, and the loader that reads it when that is said.
#[derive(Clone, Debug)]
pub struct DumpRef {
    /// The path, relative to the environment file.
    pub path: Placed<String>,
    /// The name of the loader.
    pub loader: Option<Placed<String>>,
}

impl JsonSchema for DumpRef {
    fn schema_name() -> Cow<'static, str> {
        "DumpRef".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A dump of the AWS CLI, or a folder of dumps, relative to this file; by itself, or behind the name of the loader that reads it",
            "oneOf": [
                { "type": "string", "minLength": 1 },
                { "type": "object", "additionalProperties": { "type": "string", "minLength": 1 }, "minProperties": 1, "maxProperties": 1 },
            ],
        })
    }
}

impl FromNode for DumpRef {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let placed = |node: &Node| {
            let path = node.as_str().filter(|path| !path.is_empty())?;
            Some(Placed::new(path.to_owned(), node.span))
        };
        let read = match &node.kind {
            NodeKind::Object(members) => match members.as_slice() {
                [only] => placed(&only.value).map(|path| Self {
                    path,
                    loader: Some(Placed::new(only.key.value.clone(), only.key.span)),
                }),
                _ => None,
            },
            _ => placed(node).map(|path| Self { path, loader: None }),
        };
        if read.is_none() {
            found.wrong_kind("the path of a dump, or one loader with the path of a dump", node);
        }
        read
    }
}
