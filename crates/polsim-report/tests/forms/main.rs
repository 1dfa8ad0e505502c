//! The formats that are drawn from one model: reviews as pages, Markdown and JSON, cases as JUnit, TAP and Markdown.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise"
)]

mod cases;
mod markdown;
mod material;
mod page;
mod schema;
