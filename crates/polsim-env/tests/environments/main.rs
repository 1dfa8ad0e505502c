//! Environment files: what they may say, what is told when they say it wrongly, and which policies bind a question.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod problems;
mod questions;
mod robust;
mod schema;
mod support;
