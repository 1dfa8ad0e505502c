//! What is said of condition keys: their values (`context`), or conditions on them (`where`).

use super::words::scalar;
use polsim_env::read::{Found, FromNode, nearest, report_repeated};
use polsim_env::schema::Placed;
use polsim_eval::KeyState;
use polsim_policy::ConditionKey;
use polsim_text::json::{Node, NodeKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Condition keys with what the request carries.
#[derive(Clone, Debug, Default)]
pub struct ContextSpec(pub Vec<(Placed<ConditionKey>, KeyState)>);

/// Conditions on condition keys.
#[derive(Clone, Debug, Default)]
pub struct WhereSpec(pub Vec<Limit>);

/// One condition: a key, a word and values.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The key.
    pub key: Placed<ConditionKey>,
    /// The word that claims know: `=`, `not like`, `StringEqualsIfExists`, …
    pub word: String,
    /// The values, in which variables may stand.
    pub values: Vec<Placed<String>>,
}

/// Words of the suite file, and the word that claims know for each.
const WORDS: [(&str, &str); 10] = [
    ("is", "="),
    ("not", "!="),
    ("in", "in"),
    ("not-in", "not in"),
    ("like", "like"),
    ("not-like", "not like"),
    ("less-than", "<"),
    ("at-most", "<="),
    ("more-than", ">"),
    ("at-least", ">="),
];

impl JsonSchema for ContextSpec {
    fn schema_name() -> Cow<'static, str> {
        "Context".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let scalar = serde_json::json!({ "type": ["string", "number", "boolean"] });
        json_schema!({
            "description": "Condition keys with their values; a list is a key with several values",
            "type": "object",
            "propertyNames": { "pattern": "^[^:]+:.+" },
            "additionalProperties": { "anyOf": [
                scalar,
                { "type": "array", "items": scalar },
                {
                    "type": "object",
                    "properties": {
                        "absent": { "description": "The request does not carry the key", "const": true },
                        "any": { "description": "The key may be absent or hold anything", "const": true },
                    },
                    "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
                },
            ] },
        })
    }
}

impl JsonSchema for WhereSpec {
    fn schema_name() -> Cow<'static, str> {
        "Where".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let words = generator.subschema_for::<super::Words>();
        let mut properties: serde_json::Map<String, serde_json::Value> =
            WORDS.iter().map(|(word, _)| ((*word).to_owned(), words.clone().to_value())).collect();
        for word in ["present", "absent"] {
            properties.insert(word.to_owned(), serde_json::json!({ "type": "boolean" }));
        }
        json_schema!({
            "description": "Conditions on condition keys; they mean what they would mean in a policy, so a negated one also holds of requests without the key",
            "type": "object",
            "propertyNames": { "pattern": "^[^:]+:.+" },
            "additionalProperties": { "anyOf": [
                words,
                {
                    "description": "Words such as `not` and `like`, or operators of IAM such as `StringNotEqualsIfExists`",
                    "type": "object", "minProperties": 1,
                    "properties": properties,
                    "additionalProperties": words,
                },
            ] },
        })
    }
}

/// The members of an object whose names are condition keys.
fn keyed<'n>(node: &'n Node, found: &mut Found<'_>) -> Option<Vec<(Placed<ConditionKey>, &'n Node)>> {
    let Some(members) = node.members() else {
        found.wrong_kind("an object with condition keys", node);
        return None;
    };
    report_repeated(members, found);
    let mut keys = Vec::new();
    for member in members {
        match ConditionKey::new(&member.key.value) {
            Some(key) => keys.push((Placed::new(key, member.key.span), &member.value)),
            None => {
                let sentence = format!("`{}` is no condition key", member.key.value);
                let help = "write the prefix too, such as `aws:SourceVpce`";
                found.push(crate::wrong::kind("SUI003", sentence, Some(help.to_owned())), member.key.span);
            }
        }
    }
    (keys.len() == members.len()).then_some(keys)
}

impl FromNode for ContextSpec {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let mut stated = Vec::new();
        let mut complete = true;
        for (key, value) in keyed(node, found)? {
            match state(value, found) {
                Some(state) => stated.push((key, state)),
                None => complete = false,
            }
        }
        complete.then_some(Self(stated))
    }
}

fn state(node: &Node, found: &mut Found<'_>) -> Option<KeyState> {
    if let Some(text) = scalar(node) {
        return Some(KeyState::One(text));
    }
    let state = match &node.kind {
        NodeKind::Array(items) => items.iter().map(scalar).collect::<Option<_>>().map(KeyState::List),
        NodeKind::Object(members) => match members.as_slice() {
            [only] if only.value.kind == NodeKind::Bool(true) => match only.key.value.as_str() {
                "absent" => Some(KeyState::Absent),
                "any" => Some(KeyState::Open),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    if state.is_none() {
        found.wrong_kind("a value, a list of values, `{ absent: true }` or `{ any: true }`", node);
    }
    state
}

impl FromNode for WhereSpec {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let mut limits = Vec::new();
        let mut complete = true;
        for (key, value) in keyed(node, found)? {
            let Some(members) = value.members() else {
                match super::Words::read(value, found) {
                    Some(words) => limits.push(Limit { key, word: "in".to_owned(), values: words.0 }),
                    None => complete = false,
                }
                continue;
            };
            for member in members {
                match limit(&key, &member.key.value, member.key.span, &member.value, found) {
                    Some(limit) => limits.push(limit),
                    None => complete = false,
                }
            }
        }
        complete.then_some(Self(limits))
    }
}

fn limit(
    key: &Placed<ConditionKey>,
    word: &str,
    span: polsim_text::Span,
    node: &Node,
    found: &mut Found<'_>,
) -> Option<Limit> {
    let of = |word: &str, values| Some(Limit { key: key.clone(), word: word.to_owned(), values });
    if matches!(word, "present" | "absent") {
        let holds = bool::read(node, found)?;
        return of(if (word == "present") == holds { "present" } else { "absent" }, Vec::new());
    }
    let values = super::Words::read(node, found)?.0;
    if let Some((_, known)) = WORDS.iter().find(|(own, _)| *own == word) {
        return of(known, values);
    }
    // IAM's operators begin with a capital letter.
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return of(word, values);
    }
    let names = WORDS.iter().map(|(word, _)| *word).chain(["present", "absent"]);
    let help = match nearest(word, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the words are {}, and the operators of IAM", names.collect::<Vec<_>>().join(", ")),
    };
    found.push(crate::wrong::kind("SUI004", format!("there is no condition `{word}`"), Some(help)), span);
    None
}
