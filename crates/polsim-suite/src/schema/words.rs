//! One text, or a list of texts.

use polsim_env::read::{Found, FromNode};
use polsim_env::schema::Placed;
use polsim_text::json::{Node, NodeKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// One text, or a list of texts. Numbers and truth values are texts too, as they are written.
#[derive(Clone, Debug, Default)]
pub struct Words(pub Vec<Placed<String>>);

impl Words {
    /// The first of them, where one is wanted.
    #[must_use]
    pub fn first(&self) -> Option<&Placed<String>> {
        self.0.first()
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let scalar = serde_json::json!({ "type": ["string", "number", "boolean"] });
        json_schema!({
            "description": "One text or a list; `$name` stands for a variable of `let`",
            "anyOf": [scalar, { "type": "array", "items": scalar }],
        })
    }
}

/// A scalar as it is written.
pub(crate) fn scalar(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::String(text) | NodeKind::Number(text) => Some(text.clone()),
        NodeKind::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

impl FromNode for Words {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let wanted = "a text or a list of texts";
        let mut items = Vec::new();
        let mut complete = true;
        for item in node.one_or_many() {
            match scalar(item) {
                Some(text) => items.push(Placed::new(text, item.span)),
                None => {
                    found.wrong_kind(wanted, item);
                    complete = false;
                }
            }
        }
        complete.then_some(Self(items))
    }
}
