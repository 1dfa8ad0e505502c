//! Who exists and where policies hang: the picture of an environment, before any request is asked about.

use schemars::JsonSchema;
use serde::Serialize;

/// An environment, as a request passes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Overview {
    /// The file that describes it.
    pub path: String,
    /// From the callers to the resources.
    pub columns: Vec<OverviewColumn>,
}

/// What stands at one place of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OverviewColumn {
    /// What they are, such as `Principals`.
    pub title: String,
    /// They.
    pub items: Vec<OverviewItem>,
}

/// Something that policies hang on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OverviewItem {
    /// Its name.
    pub name: String,
    /// Its ARN, or what else it is.
    pub detail: String,
    /// The policies on it, each with what it counts as.
    pub policies: Vec<String>,
}
