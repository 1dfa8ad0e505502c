//! The table of accounts, whose names are their ids.

use super::{Account, AccountId, Named};
use crate::problem::ProblemKind;
use crate::read::{Found, FromNode};
use polsim_text::json::Node;
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

impl FromNode for AccountTable {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let named = Named::read(node, found);
        let mut valid = true;
        for member in node.members().unwrap_or_default() {
            if !AccountId::is_valid(&member.key.value) {
                found.push(ProblemKind::AccountId(member.key.value.clone()), member.key.span);
                valid = false;
            }
        }
        named.filter(|_| valid).map(Self)
    }
}
