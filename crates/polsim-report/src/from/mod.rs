//! From the answers of the crates below to entries and reports.

pub mod answer;
pub mod assumption;
pub mod batch;
pub mod claim;
pub mod comparison;
pub mod decision;
mod element;
pub mod finding;
pub mod problem;
pub mod reference;
mod request;
pub mod suite;
mod trace;
pub mod words;
