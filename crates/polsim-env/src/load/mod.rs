//! Where policies come from: dumps of the AWS CLI and other files that hold policies among other things.
//!
//! A [`Loader`] knows one kind of file. It looks at the tree of a text, hands over the policies that it finds, each
//! with the way back to its place in the file, and the [`Facts`] that the file tells: who exists and what is attached
//! to what. Facts of many files become one environment in [`merge`], because hardly any dump says everything: one
//! names the policies that are attached to a role, another one has their texts.
//!
//! A newcomer would expect that a loader makes an environment. It does not: it only says what is written in its file,
//! and what no file says is told in one place, whatever the files were.

mod account_details;
mod cloudformation;
mod config;
mod diagnosis;
mod endpoints;
mod facts;
mod found;
mod iam;
mod iam_entry;
mod later;
mod loaded;
mod loader;
mod merge;
mod near;
mod object;
mod organizations;
mod page;
mod policy;
mod registry;
mod resource_policies;
mod sniffed;
mod terraform;

pub use diagnosis::Diagnosis;
pub use facts::{
    AccountFact, Attachment, EndpointFact, Facts, GroupFact, IamKind, ManagedPolicyFact, NamedFact,
    OrganizationFacts, OrganizationPolicyFact, PrincipalFact, ResourceFact, Told, UnitFact,
};
pub use found::{FoundPolicy, NamedUnknown};
pub use loaded::Loaded;
pub use loader::Loader;
pub use merge::{Merged, merge};
pub use object::Object;
pub use registry::{LOADERS, detect, load, load_text, loader};
pub use sniffed::{Form, Sniffed, Text};
