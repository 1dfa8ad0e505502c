//! Which environment a suite is about.

use polsim_env::read::{Found, FromNode};
use polsim_env::record;
use polsim_env::schema::{EnvironmentFile, Placed};
use polsim_text::json::{Node, NodeKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// An environment in another file.
    pub struct LoadSpec {
        /// An environment file, a dump of the AWS CLI, or a folder of dumps, relative to this file
        "file" => file: Placed<String>,
        /// The loader that reads it; found out when left out
        "from" => from: Option<Placed<String>>,
    }
}

/// Which environment: a file, or written in place.
#[derive(Clone, Debug)]
pub enum EnvironmentSpec {
    /// In another file.
    Load(LoadSpec),
    /// Written in place.
    Inline(Box<EnvironmentFile>),
}

impl JsonSchema for EnvironmentSpec {
    fn schema_name() -> Cow<'static, str> {
        "EnvironmentSpec".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The environment: the path of its file relative to this file, a file with the loader that reads it, or the environment itself",
            "oneOf": [
                { "type": "string", "minLength": 1 },
                generator.subschema_for::<LoadSpec>(),
                generator.subschema_for::<EnvironmentFile>(),
            ],
        })
    }
}

impl FromNode for EnvironmentSpec {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::String(path) if !path.is_empty() => {
                let file = Placed::new(path.clone(), node.span);
                Some(Self::Load(LoadSpec { file, from: None }))
            }
            NodeKind::Object(_) if node.get("file").is_some() || node.get("from").is_some() => {
                LoadSpec::read(node, found).map(Self::Load)
            }
            NodeKind::Object(_) => EnvironmentFile::read(node, found).map(Box::new).map(Self::Inline),
            _ => {
                found.wrong_kind("the path of an environment or the environment itself", node);
                None
            }
        }
    }
}
