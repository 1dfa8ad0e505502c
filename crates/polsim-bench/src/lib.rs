//! Inputs for benchmarks, made by a seeded generator: the same on every machine, and no file is read.

mod numbers;
mod policies;
mod sets;
mod texts;

pub use policies::{SAGEMAKER_ENDPOINT, policy};
pub use sets::{stars, tautology};
pub use texts::{arns, patterns};
