//! The plan of the house, checked: what `ARCHITECTURE.md` and `crates/README.md` promise holds of the tree.
//!
//! One file a promise. Every test prints what it looked at (`cargo test -p polsim-cli --test house -- --nocapture`).

#[cfg(test)]
mod edges;
#[cfg(test)]
mod files;
#[cfg(test)]
mod loops;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod rust;
#[cfg(test)]
mod tree;
#[cfg(test)]
mod words;
