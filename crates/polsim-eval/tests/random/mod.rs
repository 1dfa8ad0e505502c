//! Random environments for the tests that hold two ways of deciding against each other.

pub(crate) mod environment;
mod numbers;
mod statement;
