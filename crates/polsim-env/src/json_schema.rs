//! The JSON Schema of environment files, for editors. It is made from the types, which are its definition.

use crate::schema::EnvironmentFile;

/// The schema.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(EnvironmentFile).to_value()
}
