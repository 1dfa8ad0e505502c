//! The first tier: whether one policy grants no more than another, seen from its statements one by one.
//!
//! Most policies differ in ways that a glance shows. Each Allow of the new policy is cut into *cubes*, one action and
//! one resource pattern under the statement's conditions. A cube has a *probe*, one request with letters in it that no
//! pattern is likely to ask for: if the old policy does not allow the probe, it is a counterexample; if a statement that
//! allows it covers the cube, the cube is done. What is neither is left to the search, cube by cube. A newcomer would
//! doubt that this is exact: a probe is a request like any other, a cover holds pattern by pattern and test by test
//! under every reading, and all else is left open.

mod cover;
mod digest;
mod ground;
mod inclusion;
mod probe;

pub(crate) use digest::{Digest, Entries};
pub(crate) use ground::Grounds;
pub use inclusion::Cube;
pub(crate) use inclusion::{Inclusion, Verdict};
