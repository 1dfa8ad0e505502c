//! How much of the policies was put to the test by claims.

use super::evidence::Spot;
use schemars::JsonSchema;
use serde::Serialize;

/// How much of the policies the claims exercised.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// Statements that some claim made decisive.
    pub covered: usize,
    /// All statements.
    pub statements: usize,
    /// The statements that no claim made decisive.
    pub uncovered: Vec<Uncovered>,
}

/// A statement that no claim made decisive.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Uncovered {
    /// Where it is.
    pub spot: Spot,
    /// The statement, such as `` Deny `OnlyEu` ``.
    pub statement: String,
    /// What of it was never exercised; empty for all of it.
    pub elements: Vec<String>,
}
