//! `polsim lint`: what is odd about policies.

mod baseline;
mod config;
mod files;
mod fix;
mod ignores;
mod later;
mod run;
mod site;

pub(crate) use files::{Named, expand};
pub use fix::{Fixed, Fixes};
pub use run::{BaselineUse, ConfigUse, Lint, Linting, lint};
pub use site::{LintNetwork, lint_network};
