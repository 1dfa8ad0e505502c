//! JSON with places.
//!
//! ```
//! use polsim_text::{Limits, Source, json};
//! let parsed = json::parse(&Source::new("a.json", r#"{"a": [1, true]}"#), &Limits::default());
//! assert!(parsed.errors.is_empty());
//! assert_eq!(parsed.documents[0].get("a").unwrap().kind_name(), "a list");
//! ```

mod classify;
mod error;
mod in_string;
mod node;
mod parse;
mod pointer;
#[cfg(test)]
mod tests;

pub use error::{Bracket, JsonError, JsonErrorKind};
pub use in_string::span_in_string;
pub use node::{Member, Node, NodeKind};
pub use parse::{Parsed, parse};
pub use pointer::{Step, path_to, pointer};
