//! A review as JSON, and the definition of that JSON. Both are made from the types, so neither is ever behind.

use super::document::Review;

/// A review as JSON; ends with a line feed.
#[must_use]
pub fn to_review_json(review: &Review) -> String {
    // Strings and numbers under fixed names: this cannot fail.
    serde_json::to_string_pretty(review).map_or(String::new(), |text| text + "\n")
}

/// The schema as text; ends with a line feed.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Review);
    format!("{:#}\n", schema.as_value())
}
