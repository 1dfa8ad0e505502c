//! The environment with every name resolved and every policy compiled.

mod account;
mod adopt;
mod endpoint;
mod principal;
mod resource;
mod whole;

pub use account::Account;
pub use endpoint::Endpoint;
pub use principal::{Principal, Role};
pub use resource::{AccessPoint, Resource};
pub use whole::{Environment, OrganizationId};
