//! The network as the law has it (S6): vectors, clauses, and laws over random networks.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod clauses;
mod laws;
mod problems;
mod support;
mod vectors;
