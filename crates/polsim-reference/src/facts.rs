//! The facts in plain form, with names instead of numbers: what an encoder takes, and what a decoded service gives back.

use crate::words::{AccessLevel, Arity, KeyType};

/// All facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Where they come from.
    pub version: Version,
    /// The keys that every service knows, and those that credentials bring along from one service to others.
    pub global_keys: Vec<KeyFacts>,
    /// Families of keys that every OIDC provider has, such as `${Provider}:sub` (S5.4).
    pub provider_keys: Vec<KeyFacts>,
    /// The services.
    pub services: Vec<ServiceFacts>,
}

/// Where facts come from, and of what day they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The name of the package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// When its data was last brought up to date: the date as `YYYY-MM-DD`.
    pub date: String,
}

/// A service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceFacts {
    /// What stands before the colon of its actions.
    pub prefix: String,
    /// Its name for people.
    pub name: String,
    /// Whether resource control policies reach its resources.
    pub has_rcp: bool,
    /// What one can do.
    pub actions: Vec<ActionFacts>,
    /// With what.
    pub resource_types: Vec<ResourceTypeFacts>,
    /// Every condition key that an action or a resource type names.
    pub keys: Vec<KeyFacts>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionFacts {
    /// What stands behind the colon.
    pub name: String,
    /// How AWS sorts it.
    pub level: AccessLevel,
    /// The resource types that a statement with the action can name; none when it takes `*` only.
    pub resource_types: Vec<ResourceUseFacts>,
    /// The keys that its requests have, whatever the resource.
    pub keys: Vec<String>,
    /// Other actions that its caller needs.
    pub dependents: Vec<String>,
    /// Combinations of resources.
    pub scenarios: Vec<ScenarioFacts>,
}

/// A resource type of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceUseFacts {
    /// Its name in the service.
    pub name: String,
    /// Whether a request always names one.
    pub is_required: bool,
    /// The keys that a request has for this resource.
    pub keys: Vec<String>,
}

/// Resources that a request names together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioFacts {
    /// What AWS calls it.
    pub name: String,
    /// The resource types.
    pub resource_types: Vec<ResourceUseFacts>,
}

/// A resource type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceTypeFacts {
    /// Its name in the service.
    pub name: String,
    /// The forms of its ARNs, with variables such as `${Partition}`.
    pub arns: Vec<String>,
    /// The keys that can describe such a resource.
    pub keys: Vec<String>,
}

/// A condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFacts {
    /// Its name; with a variable such as `${TagKey}` it is a family of keys.
    pub name: String,
    /// What one value is.
    pub key_type: KeyType,
    /// Whether it has one or many.
    pub arity: Arity,
    /// Whether operators for numbers take it besides those for its type (a time, in seconds).
    pub is_also_numeric: bool,
}
