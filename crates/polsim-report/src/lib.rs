//! How answers look: a [`Report`] is what every verb ends in, and every format is made from its entries alone.
//!
//! `from` turns problems, decisions and proofs into entries; [`terminal`](draw) and [`json`](to_json) turn entries into
//! text. Nothing here reads files or arguments.

mod access_analyzer;
mod entry;
mod excerpt;
pub mod from;
mod github;
mod harmless;
mod json;
mod layout;
mod library;
mod report;
mod sarif;
mod terminal;

pub use access_analyzer::to_access_analyzer;
pub use entry::{Entry, FindingFacts, Level, PathStep, Place, Row};
pub use github::to_github;
pub use json::{SCHEMA, to_json};
pub use library::{Library, Locate, PolicyText};
pub use report::{Conclusion, Exit, Report, Verb};
pub use sarif::to_sarif;
pub use terminal::{Colour, Drawing, Look, draw};
