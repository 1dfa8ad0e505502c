//! Deciding whether a goal can be met: clause learning over its Boolean shape, with a theory for each coordinate.

mod analyze;
mod solver;
#[cfg(test)]
mod tests;

pub(crate) use solver::{Found, Lit, Log, Solver, Theory};
