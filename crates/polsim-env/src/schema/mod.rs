//! The environment file as types: what can be written in it, and nothing else.

mod accounts;
mod dump;
mod endpoint;
mod file;
mod named;
mod organization;
mod parse;
mod placed;
mod policy_ref;
mod principal;
mod record;
mod resource;
mod settings;

pub use accounts::AccountTable;
pub use dump::DumpRef;
pub use endpoint::{Endpoint, EndpointKind};
pub use file::EnvironmentFile;
pub use named::Named;
pub use organization::{Account, AccountId, Level, Organization};
pub(crate) use parse::entries;
pub use placed::Placed;
pub use policy_ref::PolicyRef;
pub use principal::{Group, Principal};
pub use resource::{AccessPoint, Resource};
pub use settings::{ReadingNames, Settings};
