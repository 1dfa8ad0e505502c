//! Random claims: small policies over a small alphabet, regions, and the requests that are held against them.

mod certificates;
pub(crate) mod claim;
mod comparison;
pub(crate) mod judge;
pub(crate) mod keys;
pub(crate) mod numbers;
mod peers;
pub(crate) mod policy;
pub(crate) mod templates;
pub(crate) mod universe;
mod variables;
