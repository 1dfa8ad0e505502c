//! How answers look: a [`Report`] is what every verb ends in, and every format is made from its entries alone.
//!
//! `from` turns problems, decisions and proofs into entries; [`terminal`](draw) and [`json`](to_json) turn entries into
//! text. Nothing here reads files or arguments.

mod access;
mod access_analyzer;
mod case;
mod entry;
mod excerpt;
pub mod from;
mod github;
mod harmless;
mod html;
mod json;
mod junit;
mod layout;
mod library;
mod markdown;
mod passage;
pub mod reach;
mod report;
pub mod review;
mod sarif;
mod tap;
mod terminal;
mod tested;

pub use access::{AccessRow, AccessStanding, Fact, Listing};
pub use access_analyzer::to_access_analyzer;
pub use case::{Case, CaseOutcome, Run};
pub use entry::{Entry, FindingFacts, Level, PathStep, Place, Row};
pub use github::{run_to_github, to_github};
pub use html::to_html;
pub use json::{SCHEMA, to_json};
pub use junit::to_junit;
pub use library::{Library, Locate, PolicyText};
pub use markdown::{LONGEST, to_markdown, to_review_markdown};
pub use passage::{Does, Passage, Station};
pub use report::{Conclusion, Exit, Report, Verb};
pub use sarif::to_sarif;
pub use tap::to_tap;
pub use terminal::{Colour, Drawing, Look, draw};
pub use tested::{CoveredFile, CoveredPart, CoveredStatement, Tested, draw_tested, to_tested_json};
