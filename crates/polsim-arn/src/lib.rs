//! Wildcard patterns, actions, ARNs, and exact sets of strings.
//!
//! This crate does not know JSON, spans or policies.

mod action;

pub use action::{ActionError, ActionName, ActionPattern};
