//! The committed JSON Schema is the one that the types make.

use serde_json::Value;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/suite.schema.json");

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads, and when asked to writes, the committed schema")]
fn the_committed_schema_is_current() {
    let schema = polsim_suite::schema::json_schema();
    if std::env::var("POLSIM_BLESS").is_ok() {
        std::fs::write(COMMITTED, format!("{schema:#}\n")).unwrap();
    }
    let committed: Option<Value> =
        std::fs::read_to_string(COMMITTED).ok().and_then(|text| serde_json::from_str(&text).ok());
    assert!(
        committed == Some(schema),
        "schemas/suite.schema.json is not current; run\n    POLSIM_BLESS=1 cargo test -p polsim-suite --test schema"
    );
}
