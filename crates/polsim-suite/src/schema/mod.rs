//! The suite file as types: what can be written in it, and nothing else.

mod case;
mod environment;
mod expect;
mod file;
mod values;
mod words;

pub use case::{CaseSpec, CompareSpec, EachSpec, PatternSpec, RequestSpec, RowSpec, SkipSpec};
pub use environment::{EnvironmentSpec, LoadSpec};
pub use expect::{ByList, ExpectSpec, Expected};
pub use file::{Defaults, SuiteFile};
pub use values::{ContextSpec, Limit, WhereSpec};
pub use words::Words;

/// The JSON Schema of suite files, for editors.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    polsim_env::schema_of::<SuiteFile>("A suite of policy tests for polsim")
}
