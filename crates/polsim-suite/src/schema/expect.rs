//! What is expected of a case.

use super::Words;
use polsim_claim::Relation;
use polsim_env::read::{Found, FromNode, Members, nearest};
use polsim_env::schema::Placed;
use polsim_prove::Expectation;
use polsim_text::json::Node;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A decision, or how two environments compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A decision.
    Decision(Expectation),
    /// How the new environment compares with the old one.
    Relation(Relation),
}

/// The statements and layers that are to decide.
pub type ByList = Words;

/// What is expected.
#[derive(Clone, Debug)]
pub struct ExpectSpec {
    /// The decision or the comparison.
    pub expected: Placed<Expected>,
    /// Who is to decide it.
    pub by: Option<ByList>,
    /// Why.
    pub reason: Option<String>,
}

/// The words of decisions.
const DECISIONS: [(&str, Expectation); 4] = [
    ("allow", Expectation::Allow),
    ("deny", Expectation::Deny),
    ("explicit-deny", Expectation::ExplicitDeny),
    ("implicit-deny", Expectation::ImplicitDeny),
];

/// The words of comparisons, each with the other words for it.
const RELATIONS: [(&str, Relation); 6] = [
    ("no-more-access", Relation::NoMore),
    ("no-less-access", Relation::NoLess),
    ("same", Relation::Same),
    ("disjoint", Relation::Disjoint),
    ("no-more-than", Relation::NoMore),
    ("same-as", Relation::Same),
];

fn words() -> impl Iterator<Item = (&'static str, Expected)> + Clone {
    let decisions = DECISIONS.iter().map(|(word, expected)| (*word, Expected::Decision(*expected)));
    decisions.chain(RELATIONS.iter().map(|(word, expected)| (*word, Expected::Relation(*expected))))
}

impl JsonSchema for ExpectSpec {
    fn schema_name() -> Cow<'static, str> {
        "Expect".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let word = serde_json::json!({ "enum": words().map(|(word, _)| word).collect::<Vec<_>>() });
        json_schema!({
            "description": "What is expected: a decision, or of `compare` how the new environment compares with the old one",
            "oneOf": [
                word,
                {
                    "type": "object",
                    "properties": {
                        "decision": word,
                        "by": generator.subschema_for::<Words>(),
                        "reason": { "description": "Why", "type": "string" },
                    },
                    "required": ["decision"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

fn word(node: &Node, found: &mut Found<'_>) -> Option<Placed<Expected>> {
    let text = String::read(node, found)?;
    if let Some((_, expected)) = words().find(|(word, _)| *word == text) {
        return Some(Placed::new(expected, node.span));
    }
    let names = words().map(|(word, _)| word);
    let help = match nearest(&text, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names.collect::<Vec<_>>().join(", ")),
    };
    found.push(crate::wrong::kind("SUI005", format!("`{text}` is nothing to expect"), Some(help)), node.span);
    None
}

impl FromNode for ExpectSpec {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        if node.members().is_none() {
            return Some(Self { expected: word(node, found)?, by: None, reason: None });
        }
        let members = Members::of(node, &["decision", "by", "reason"], found)?;
        let by = members.read("by", found);
        let reason = members.read("reason", found);
        let decision: Option<Decided> = members.read("decision", found);
        Some(Self { expected: decision?.0, by: by?, reason: reason? })
    }
}

/// The word behind `decision`.
struct Decided(Placed<Expected>);

impl FromNode for Decided {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        word(node, found).map(Self)
    }
}
