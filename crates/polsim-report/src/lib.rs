//! How answers look: a [`Report`] is what every verb ends in, and every format is made from its entries alone.
//!
//! `from` turns problems, decisions and proofs into entries; [`terminal`](draw) and [`json`](to_json) turn entries into
//! text. Nothing here reads files or arguments.

mod entry;
mod excerpt;
pub mod from;
mod harmless;
mod json;
mod layout;
mod library;
mod report;
mod terminal;

pub use entry::{Entry, FindingFacts, Level, PathStep, Place, Row};
pub use json::{SCHEMA, to_json};
pub use library::{Library, Locate, PolicyText};
pub use report::{Conclusion, Exit, Report, Verb};
pub use terminal::{Colour, Drawing, Look, draw};
