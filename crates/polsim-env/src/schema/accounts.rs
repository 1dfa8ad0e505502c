//! The table of accounts, whose names are their ids.

use super::{Account, Named};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Accounts by their ids.
#[derive(Clone, Debug, Default)]
pub struct AccountTable(pub Named<Account>);

impl JsonSchema for AccountTable {
    fn schema_name() -> Cow<'static, str> {
        "Accounts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": "^[0-9]{12}$" },
            "additionalProperties": generator.subschema_for::<Account>(),
        })
    }
}
