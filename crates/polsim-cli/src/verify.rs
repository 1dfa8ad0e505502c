//! `polsim verify`

use crate::args::{EXIT_CODES, origin};
use crate::check::ClaimArguments;
use clap::Args;
use polsim::certificate::verify;
use polsim::{Origin, Reader};
use polsim_report::Report;

/// Does a certificate show what it says? Followed by a checker that shares no search with the prover
#[derive(Debug, Args)]
#[command(override_usage = "polsim verify CERTIFICATE [POLICY] ACTION RESOURCE --expect EXPECT [OPTIONS]")]
#[command(after_help = format!("The claim is stated as for `polsim check`, so that the certificate is not asked what it is about.\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// What `polsim check … --certificate FILE` wrote
    #[arg(value_parser = origin)]
    certificate: Origin,
    #[command(flatten)]
    claim: ClaimArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Report {
    verify(&arguments.claim.check(1), &arguments.certificate, &Reader::default())
}
