//! A case, as it is written.

use super::{ContextSpec, ExpectSpec, WhereSpec, Words};
use polsim_env::read::{Found, FromNode};
use polsim_env::record;
use polsim_env::schema::Placed;
use polsim_text::json::{Node, NodeKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// A case: what is asked (one of `request`, `for all`, `some`, `compare`), and what is expected.
    pub struct CaseSpec {
        /// What people call it
        "name" => name: Placed<String>,
        /// Words to choose cases by
        "tags" => tags: Option<Words>,
        /// Why it has to be so; printed when it is not
        "because" => because: Option<String>,
        /// Another word for `because`
        "reason" => reason: Option<String>,
        /// One concrete request; of lists, one for each
        "request" => request: Option<Placed<RequestSpec>>,
        /// All requests of a pattern
        "for all" => for_all: Option<Placed<PatternSpec>>,
        /// Some request of a pattern: one at least
        "some" => some: Option<Placed<PatternSpec>>,
        /// What another environment grants
        "compare" => compare: Option<Placed<CompareSpec>>,
        /// A table: the case is run for each combination, or for each row
        "for each" => for_each: Option<EachSpec>,
        /// What is expected; the rows of a table may say it instead
        "expect" => expect: Option<ExpectSpec>,
        /// Leaves the case out
        "skip" => skip: Option<SkipSpec>,
        /// The most steps of the search at each place; a claim that needs more is undecided
        "budget" => budget: Option<Placed<Words>>,
    }
}

record! {
    /// One request.
    pub struct RequestSpec {
        /// Who asks: a name of the environment, an ARN, an account (its root user), a service, `anonymous`
        "principal" => principal: Option<Words>,
        /// What is to be done
        "action" => action: Option<Words>,
        /// To what; `*` when left out
        "resource" => resource: Option<Words>,
        /// On which way: an endpoint of the environment, `internet:ADDRESS`, or `none`
        "via" => via: Option<Words>,
        /// The account that owns the resource, when nothing else tells
        "resource-account" => resource_account: Option<Placed<Words>>,
        /// The condition keys that the request carries
        "context" => context: Option<ContextSpec>,
        /// Whether it carries no other condition keys; else what matters and is not stated makes the case undecided
        "closed" => closed: Option<bool>,
    }
}

record! {
    /// A pattern of requests. What is not said may be anything.
    pub struct PatternSpec {
        /// Who asks: a name of the environment, an ARN or a pattern of ARNs; `*` is anybody whom the environment describes
        "principal" => principal: Option<Words>,
        /// The actions, with or without wildcards
        "action" => action: Option<Words>,
        /// The resources, with or without wildcards
        "resource" => resource: Option<Words>,
        /// The ways: endpoints of the environment, `gateway`, `interface`, `internet`, `none`; `*` is any
        "via" => via: Option<Words>,
        /// The account that owns resources of which nothing else tells
        "resource-account" => resource_account: Option<Placed<Words>>,
        /// The condition keys that the requests carry
        "context" => context: Option<ContextSpec>,
        /// What holds of condition keys
        "where" => limits: Option<WhereSpec>,
    }
}

record! {
    /// Two environments. What the requests are limited to stands beside them.
    pub struct CompareSpec {
        /// The old environment, relative to this file
        "old" => old: Placed<String>,
        /// The new one; the environment of the suite when left out
        "new" => new: Option<Placed<String>>,
        /// Who asks
        "principal" => principal: Option<Words>,
        /// The actions
        "action" => action: Option<Words>,
        /// The resources
        "resource" => resource: Option<Words>,
        /// The ways
        "via" => via: Option<Words>,
        /// The condition keys that the requests carry
        "context" => context: Option<ContextSpec>,
        /// What holds of condition keys
        "where" => limits: Option<WhereSpec>,
    }
}

record! {
    /// A row of a table; a list stands for a row for each of its items.
    pub struct RowSpec {
        /// Who asks
        "principal" => principal: Option<Words>,
        /// What is to be done
        "action" => action: Option<Words>,
        /// To what
        "resource" => resource: Option<Words>,
        /// On which way
        "via" => via: Option<Words>,
        /// What is expected of this row
        "expect" => expect: Option<ExpectSpec>,
    }
}

/// A table: one row with lists, which is all combinations, or several rows.
#[derive(Clone, Debug)]
pub struct EachSpec(pub Vec<Placed<RowSpec>>);

impl JsonSchema for EachSpec {
    fn schema_name() -> Cow<'static, str> {
        "Table".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let row = generator.subschema_for::<RowSpec>();
        json_schema!({
            "description": "A table: one row with lists is all combinations; or a list of rows",
            "anyOf": [row, { "type": "array", "items": row, "minItems": 1 }],
        })
    }
}

impl FromNode for EachSpec {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let rows: Vec<Option<Placed<RowSpec>>> =
            node.one_or_many().iter().map(|row| Placed::read(row, found)).collect();
        rows.into_iter().collect::<Option<Vec<_>>>().map(Self)
    }
}

/// Why a case is left out, and until when.
#[derive(Clone, Debug)]
pub struct SkipSpec {
    /// Why.
    pub reason: String,
    /// The day from which on it is run again.
    pub until: Option<Placed<String>>,
}

record! {
    /// Why a case is left out, and until when.
    pub struct SkipFields {
        /// Why
        "reason" => reason: String,
        /// The day from which on the case is run again, as 2027-03-01
        "until" => until: Option<Placed<String>>,
    }
}

impl JsonSchema for SkipSpec {
    fn schema_name() -> Cow<'static, str> {
        "Skip".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Why the case is left out, and until when",
            "oneOf": [{ "type": "string", "minLength": 1 }, generator.subschema_for::<SkipFields>()],
        })
    }
}

impl FromNode for SkipSpec {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        if let NodeKind::String(reason) = &node.kind {
            return Some(Self { reason: reason.clone(), until: None });
        }
        let SkipFields { reason, until } = SkipFields::read(node, found)?;
        if let Some(until) = &until {
            let is_day = until.value.len() == 10
                && polsim_value::Instant::read(&format!("{}T00:00:00Z", until.value)).is_some();
            if !is_day {
                let sentence = format!("`{}` is no day", until.value);
                let help = Some("write year, month and day, such as 2027-03-01".to_owned());
                found.push(crate::wrong::kind("SUI006", sentence, help), until.span);
                return None;
            }
        }
        Some(Self { reason, until })
    }
}
