//! The hall: files become policies, and every verb of polsim is one file here, from typed question to typed answer.
//!
//! The faces (the command line now) know this crate and how reports look, nothing below.

mod against;
pub mod assumptions;
pub mod batch;
pub mod certificate;
mod changes;
pub mod check;
pub mod compare;
mod dumps;
pub mod emit;
mod environment;
pub mod expand;
mod hang;
pub mod init;
pub mod law;
pub mod lint;
mod load;
mod network;
pub mod over_network;
pub mod reach;
mod read;
pub mod reference;
mod reference_file;
mod relocate;
pub mod report;
mod request_text;
pub mod rule;
pub mod simulate;
mod single;
#[cfg(feature = "proptest")]
pub mod strategies;
pub mod test;
pub mod validate;
pub mod what_can;
pub mod who_can;

pub use environment::EnvironmentOrigin;
pub use hang::Role;
pub use load::{Documents, Loading, MergeError, PolicyFile, Standing, load, load_lawful};
pub use network::NetworkOrigin;
pub use polsim_claim::{Constraint, RegionText, Relation, Wanted};
pub use polsim_eval::{KeyState, NetworkPath, Reading};
pub use polsim_lint::Severity;
pub use polsim_policy::{ConditionKey, PolicyType};
pub use polsim_prove::{Assumption, Assumptions, Expectation, Standing as AssumptionStanding};
pub use polsim_reference::AccessLevel;
pub use polsim_text::Limits;
pub use read::{Origin, ReadError, Reader};
pub use request_text::RequestText;
