//! How much of the policies was put to the test by claims.

use super::evidence::Spot;
use schemars::JsonSchema;
use serde::Serialize;

/// How much of the policies the claims exercised.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// Statements that some case exercises: they apply to a request that it is about.
    pub covered: usize,
    /// All statements.
    pub statements: usize,
    /// The statements of which something is not exercised.
    pub uncovered: Vec<Uncovered>,
}

/// A statement of which something is not exercised.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Uncovered {
    /// Where it is.
    pub spot: Spot,
    /// The statement, such as `` Deny `OnlyEu` ``.
    pub statement: String,
    /// What of it no case exercises; empty for all of it.
    pub elements: Vec<String>,
}
