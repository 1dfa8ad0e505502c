//! A policy as an environment names it.

use super::Placed;
use crate::load::FoundPolicy;
use crate::read::{Found, FromNode};
use polsim_text::json::{Node, NodeKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::sync::Arc;

/// A policy: in a file of its own, written in place, or found in a dump.
#[derive(Clone, Debug)]
pub enum PolicyRef {
    /// The path of a JSON file, relative to the environment file.
    Path(Placed<String>),
    /// The policy itself, as an object.
    Inline(Node),
    /// A policy that was found in a dump.
    Loaded(Arc<FoundPolicy>),
}

impl JsonSchema for PolicyRef {
    fn schema_name() -> Cow<'static, str> {
        "PolicyRef".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A policy: the path of a JSON file, relative to this file, or the policy itself, written in place",
            "oneOf": [
                { "description": "The path of a JSON file, relative to this file", "type": "string", "minLength": 1 },
                {
                    "description": "The policy itself",
                    "type": "object",
                    "properties": { "Version": { "enum": ["2012-10-17", "2008-10-17"] }, "Id": { "type": "string" }, "Statement": {} },
                    "required": ["Statement"],
                },
            ],
        })
    }
}

impl FromNode for PolicyRef {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::String(path) if !path.is_empty() => {
                Some(Self::Path(Placed::new(path.clone(), node.span)))
            }
            NodeKind::Object(_) => Some(Self::Inline(node.clone())),
            _ => {
                found.wrong_kind("the path of a policy or the policy itself", node);
                None
            }
        }
    }
}
