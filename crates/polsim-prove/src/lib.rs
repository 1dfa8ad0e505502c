//! Exact answers about all requests: a proof, a counterexample that the evaluator confirms, or an honest “unknown”.
//!
//! A claim is turned round into what a request would have to satisfy to break it, one goal for each situation. The goal
//! is a Boolean combination of tests on *coordinates* (action, resource, principal, each key) that are free of one
//! another, so that a clause-learning search over the Boolean shape with one small theory a coordinate is complete.

mod answer;
mod ask;
mod assemble;
mod cells;
mod certify;
mod compare;
mod coordinate;
mod encode;
mod example;
mod exists;
mod goal;
mod hints;
mod home;
mod inquiry;
mod later;
mod log;
mod readings;
mod refine;
mod search;
mod settle;
mod settled;
mod several;
mod situations;
mod smt;
mod subsume;
mod theory;
mod witness;
mod world;

pub use answer::{Answer, Depends, Miss, Need, Proof, Reason, Witness};
pub use ask::ask;
pub use certify::{Uncertified, certify};
pub use compare::{Comparer, Glance};
pub use exists::{Existence, some_allowed};
pub use polsim_question::assumption::{Assumption, Assumptions, Reference, Standing};
pub use polsim_question::question::{Claim, DERIVED, Expectation, PrincipalRegion, Question, Region, Scope};
pub use several::others;
pub use smt::smt2;
pub use subsume::Cube;
