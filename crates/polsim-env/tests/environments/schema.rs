//! The committed JSON Schema is the one that the types make.

use polsim_env::json_schema;
use serde_json::Value;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/environment.schema.json");

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads, and when asked to writes, the committed schema")]
fn the_committed_schema_is_current() {
    let schema = json_schema();
    if std::env::var("POLSIM_BLESS").is_ok() {
        std::fs::write(COMMITTED, format!("{schema:#}\n")).unwrap();
    }
    let committed: Option<Value> =
        std::fs::read_to_string(COMMITTED).ok().and_then(|text| serde_json::from_str(&text).ok());
    assert!(
        committed == Some(schema),
        "schemas/environment.schema.json is not current; run\n    POLSIM_BLESS=1 cargo test -p polsim-env --test environments"
    );
}

/// Every object in the schema that describes one of ours.
fn for_each_record(schema: &Value, visit: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match schema {
        Value::Object(members) => {
            if members.get("additionalProperties") == Some(&Value::Bool(false)) {
                visit(members);
            }
            members.values().for_each(|value| for_each_record(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| for_each_record(item, visit)),
        _ => {}
    }
}

#[test]
fn every_field_is_described_and_none_may_be_null() {
    let schema = json_schema();
    assert!(!schema.to_string().contains("\"null\""));
    let mut count = 0;
    for_each_record(&schema, &mut |record| {
        assert!(record.contains_key("description"), "{record:?}");
        let properties = record["properties"].as_object().unwrap();
        for (name, property) in properties {
            count += 1;
            assert!(property.get("description").is_some(), "{name}");
        }
    });
    assert!(count > 40, "{count}");
}
