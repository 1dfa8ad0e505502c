//! The JSON Schema of environment files, for editors. It is made from the types, which are its definition.

use crate::schema::EnvironmentFile;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schema.
#[must_use]
pub fn json_schema() -> Value {
    schema_of::<EnvironmentFile>("An environment for polsim")
}

/// The schema of a file that is declared with [`record`](crate::record).
#[must_use]
pub fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = schemars::schema_for!(T);
    schema.insert("title".to_owned(), title.into());
    Presence.transform(&mut schema);
    schema.to_value()
}

/// A field that may be left out is not one that may be `null`: a name with nothing behind it is a mistake.
struct Presence;

impl Transform for Presence {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                for (name, value) in only {
                    schema.insert(name, value);
                }
            }
        }
    }
}
