//! Accounts and the organization that they are in.

use super::record::record;
use super::{Placed, PolicyRef};
use crate::problem::ProblemKind;
use crate::read::{Found, FromNode};
use polsim_text::json::Node;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// An AWS organization.
    pub struct Organization {
        /// The id of the organization, such as `o-exampleorg01`
        "id" => id: Option<Placed<String>>,
        /// The root and the organizational units: the root first, then every unit
        "levels" => levels: Vec<Level>,
    }
}

record! {
    /// The root of an organization or an organizational unit.
    pub struct Level {
        /// What accounts and other levels call it
        "name" => name: Placed<String>,
        /// The level above it; left out, that is the root
        "parent" => parent: Option<Placed<String>>,
        /// Its id (`r-…` or `ou-…`), which `aws:PrincipalOrgPaths` is made of
        "id" => id: Option<Placed<String>>,
        /// The service control policies; left out, AWS's own `FullAWSAccess` is attached and nothing else
        "scps" => scps: Option<Placed<Vec<PolicyRef>>>,
        /// The resource control policies; AWS's own `RCPFullAWSAccess` is always attached besides
        "rcps" => rcps: Option<Vec<PolicyRef>>,
    }
}

record! {
    /// An AWS account.
    pub struct Account {
        /// The level of the organization that the account hangs under
        "level" => level: Option<Placed<String>>,
        /// Whether this is the management account, which service control policies do not bind
        "management" => management: Option<Placed<bool>>,
        /// Whether the account is outside of the organization
        "outside" => outside: Option<Placed<bool>>,
        /// The service control policies of the account itself; left out, only AWS's own `FullAWSAccess`
        "scps" => scps: Option<Placed<Vec<PolicyRef>>>,
        /// The resource control policies of the account itself
        "rcps" => rcps: Option<Vec<PolicyRef>>,
        /// The canonical id that S3 knows the account by
        "canonical-id" => canonical_id: Option<Placed<String>>,
        /// Whether S3's RestrictPublicBuckets is on for the whole account
        "restrict-public-buckets" => restrict_public_buckets: Option<bool>,
    }
}

/// The id of an account: 12 digits.
#[derive(Clone, Debug)]
pub struct AccountId(pub Placed<String>);

impl JsonSchema for AccountId {
    fn schema_name() -> Cow<'static, str> {
        "AccountId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The id of an account: 12 digits, in quotes so that no zero is lost",
            "type": "string",
            "pattern": "^[0-9]{12}$",
        })
    }
}

impl AccountId {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.value
    }

    pub(crate) fn is_valid(text: &str) -> bool {
        text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(crate) fn of(node: &Node) -> Option<Placed<String>> {
        // An account without quotes is a number to YAML; its text is kept as it was written.
        let text = match &node.kind {
            polsim_text::json::NodeKind::Number(text) => text.clone(),
            _ => node.as_str()?.to_owned(),
        };
        Some(Placed::new(text, node.span))
    }
}

impl FromNode for AccountId {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let Some(text) = Self::of(node) else {
            found.wrong_kind("the id of an account", node);
            return None;
        };
        if !Self::is_valid(&text.value) {
            found.push(ProblemKind::AccountId(text.value), node.span);
            return None;
        }
        Some(Self(text))
    }
}
