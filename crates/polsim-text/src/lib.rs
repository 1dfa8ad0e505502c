//! Texts and places in them: [`Source`], [`Span`], and a JSON tree that loses nothing.
//!
//! This crate does not know that IAM exists.

mod edit;
mod embed;
pub mod json;
mod limits;
mod source;
mod span;

pub use edit::Edit;
pub use embed::Embedded;
pub use limits::Limits;
pub use source::{InvalidUtf8, Position, Source};
pub use span::{Span, Spanned};
