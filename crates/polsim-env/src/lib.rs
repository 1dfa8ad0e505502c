//! Environments: who exists (accounts, organization, principals, resources, endpoints), and where each policy hangs.
//!
//! A text becomes an [`EnvironmentFile`](schema::EnvironmentFile), that and the texts of its policies an
//! [`Environment`], and a question to it the layers and the request that `polsim-eval` judges. Files are read by
//! whoever calls; this crate knows texts.

mod build;
pub mod environment;
mod hang;
mod inline;
mod json_schema;
mod problem;
pub mod question;
pub mod read;
pub mod schema;
pub mod yaml;

pub use environment::Environment;
pub use hang::{Hang, HungPolicy, Place};
pub use json_schema::json_schema;
pub use problem::{Misfit, Problem, ProblemKind, Referent, Unavailable};
