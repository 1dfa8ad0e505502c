//! A policy as an environment names it.

use super::Placed;
use polsim_text::json::Node;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A policy: in a file of its own, or written in place.
#[derive(Clone, Debug)]
pub enum PolicyRef {
    /// The path of a JSON file, relative to the environment file.
    Path(Placed<String>),
    /// The policy itself, as an object.
    Inline(Node),
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
