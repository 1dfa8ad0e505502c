//! Who can do what in an environment, and under which conditions.
//!
//! The places of an environment (who asks, on which way, for which resource) are those of [`polsim_claim`], and each is asked
//! of the prover: whether some request is allowed, and whether all are. Places that nothing in the policies tells apart are
//! asked once (`likeness.rs`), which makes a thousand principals a few dozen questions. A newcomer would doubt that this is
//! exact: two places are alike only if every test of every statement that can matter comes out the same for both.

mod access;
mod classes;
mod likeness;
mod outsiders;
mod relevance;
mod standing;

pub use access::{Access, Holder, Means, who_can};
pub use classes::classes;
pub use outsiders::Outside;
pub use standing::{Standing, Terms};
