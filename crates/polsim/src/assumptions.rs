//! `polsim assumptions`: what may proofs assume of real requests?

use polsim_report::Report;

/// Lists all facts about real requests that proofs may use.
#[must_use]
pub fn assumptions() -> Report {
    polsim_report::from::assumption::report()
}
