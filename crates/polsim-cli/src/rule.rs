//! `polsim rule`

use clap::Args;
use polsim_report::{Exit, Report, Verb};

/// What a rule of the linter looks for, and why
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A code, the beginning of codes, a name, an alias such as aws:MISSING_VERSION, or ALL
    name: String,
}

/// Prints pages, or says that there is no such rule.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Box<Report>> {
    let pages = polsim::rule::pages(&arguments.name)
        .map_err(|entry| Box::new(Report::bad_input(Verb::Lint, vec![*entry])))?;
    Ok(crate::output::print_text(&pages))
}
