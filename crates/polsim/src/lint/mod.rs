//! `polsim lint`: what is odd about policies.

mod baseline;
mod config;
mod files;
mod ignores;
mod run;

pub use run::{BaselineUse, ConfigUse, Lint, Linting, lint};
