//! What can be asked about all requests, and what is known of real ones.
//!
//! The prover answers these questions and the checker of certificates follows its answers; what a question means is stated
//! here for both, without a line of how it is answered.

pub mod assumption;
pub mod keys;
pub mod partition;
pub mod question;
