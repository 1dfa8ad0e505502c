//! JSON files, and what is expected in them. Every error names the file.

use serde_json::{Map, Value};
use std::error::Error;
use std::path::Path;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The text of a file.
#[expect(clippy::disallowed_methods, reason = "this chore reads files")]
pub(crate) fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The value of a JSON file.
pub(crate) fn json(path: &Path) -> Result<Value> {
    serde_json::from_str(&text(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The members of an object.
pub(crate) fn object(value: &Value) -> Result<&Map<String, Value>> {
    value.as_object().ok_or_else(|| format!("an object was expected: {}", excerpt(value)).into())
}

/// The items of an array.
pub(crate) fn array(value: &Value) -> Result<&[Value]> {
    match value.as_array() {
        Some(items) => Ok(items),
        None => Err(format!("an array was expected: {}", excerpt(value)).into()),
    }
}

/// A string.
pub(crate) fn string(value: &Value) -> Result<&str> {
    value.as_str().ok_or_else(|| format!("a string was expected: {}", excerpt(value)).into())
}

/// A member that has to be there.
pub(crate) fn member<'v>(value: &'v Value, name: &str) -> Result<&'v Value> {
    value.get(name).ok_or_else(|| format!("`{name}` is missing: {}", excerpt(value)).into())
}

/// An array of strings that may be missing.
pub(crate) fn strings(value: &Value, name: &str) -> Result<Vec<String>> {
    match value.get(name) {
        Some(list) => array(list)?.iter().map(|item| Ok(string(item)?.to_owned())).collect(),
        None => Ok(Vec::new()),
    }
}

fn excerpt(value: &Value) -> String {
    value.to_string().chars().take(120).collect()
}
