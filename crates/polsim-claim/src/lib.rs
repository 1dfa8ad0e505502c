//! Claims in words, taken apart into questions: which requests are meant, what is claimed of them, and at which places of
//! an environment that has to be asked.
//!
//! Files and reports are for whoever calls: what is wrong with a claim is a [`Refusal`], and answers are those of the
//! prover.

mod compared;
mod constraint;
mod everywhere;
mod over;
mod refusal;
mod region_text;
mod services;
mod wanted;
mod way;

pub use compared::{Answers, ComparedEnvironments, Direction, compare, compare_environments};
pub use constraint::Constraint;
pub use everywhere::{Binding, Everywhere, Extent, NO_ENDPOINT, Spot};
pub use over::{AtPlace, Claim, Ground, Over, Standing, Told};
pub use refusal::Refusal;
pub use region_text::{RegionText, Texts};
pub use services::bundled;
pub use wanted::{Relation, Wanted};
pub use way::Way;
