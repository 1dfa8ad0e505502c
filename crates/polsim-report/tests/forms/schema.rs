//! The definition of a review's JSON is committed, current, and fits what is written.

use crate::material;
use polsim_report::review::{schema, to_review_json};
use serde_json::Value;
use std::path::Path;

#[test]
fn the_committed_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/review.schema.json");
    if std::env::var("POLSIM_BLESS").is_ok() {
        std::fs::write(&path, schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == schema(), "POLSIM_BLESS=1 cargo test -p polsim-report --test forms writes it anew");
}

/// As much of JSON Schema as the schema uses: references, types, members, items, alternatives, lists of values.
fn fits(value: &Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.trim_start_matches("#/$defs/");
        return fits(value, &root["$defs"][name], root, at);
    }
    for word in ["anyOf", "oneOf"] {
        if let Some(any) = schema[word].as_array() {
            let fit = any.iter().any(|one| fits(value, one, root, at).is_empty());
            return if fit { Vec::new() } else { vec![format!("{at} fits none of {any:?}")] };
        }
    }
    let mut wrong = Vec::new();
    if let Some(constant) = schema.get("const")
        && constant != value
    {
        wrong.push(format!("{at} is not {constant}"));
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        wrong.push(format!("{at} is none of {values:?}"));
    }
    let is = |word: &str| match word {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema has a type {other}"),
    };
    let types = match &schema["type"] {
        Value::String(word) => vec![word.as_str()],
        Value::Array(words) => words.iter().map(|word| word.as_str().unwrap()).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|word| is(word)) {
        wrong.push(format!("{at} is not of {types:?}"));
    }
    if let (Some(members), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for (name, member) in members {
            match properties.get(name) {
                Some(of) => wrong.extend(fits(member, of, root, &format!("{at}/{name}"))),
                None => wrong.push(format!("{at} has {name}, which the schema lacks")),
            }
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            if !members.contains_key(name.as_str().unwrap()) {
                wrong.push(format!("{at} lacks {name}"));
            }
        }
    }
    if let (Some(items), Some(of)) = (value.as_array(), schema.get("items")) {
        wrong.extend(items.iter().flat_map(|item| fits(item, of, root, &format!("{at}/-"))));
    }
    wrong
}

#[test]
fn what_is_written_fits_the_schema() {
    let root: Value = serde_json::from_str(&schema()).unwrap();
    let review: Value = serde_json::from_str(&to_review_json(&material::review("name"))).unwrap();
    assert_eq!(fits(&review, &root, &root, ""), [""; 0]);
    let mut broken = review;
    broken["claims"][0]["outcome"] = "fine".into();
    assert_eq!(fits(&broken, &root, &root, "").len(), 1, "a word that is not one of the schema is seen");
}
