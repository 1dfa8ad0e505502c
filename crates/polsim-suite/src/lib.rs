//! Tests of policies: a suite states an environment and cases, each a claim about one request, about all requests of a
//! pattern, about some, or about what changed.
//!
//! A text becomes a [`SuiteFile`](schema::SuiteFile), that with what it includes and its variables a list of
//! [`Case`]s, and a case with an environment a [`Ran`]. Files and the date are for whoever calls; this crate knows texts.

mod ask;
mod by;
mod case;
mod coverage;
mod expand;
mod mutant;
mod plan;
mod propose;
mod run;
pub mod schema;
mod scope;
mod wrong;

pub use ask::Requested;
pub use by::By;
pub use case::{Asked, Case, Skip};
pub use coverage::{Coverage, Covered, Exercised, Part, PartOf};
pub use mutant::{Change, Mutant, mutants};
pub use plan::{Plan, Texts as Includes};
pub use propose::propose;
pub use run::{Answer, Judged, Ran, Standing, Worlds};
