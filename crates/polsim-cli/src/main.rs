//! The `polsim` command: arguments in, a report out.

mod args;
mod check;
mod look;
mod output;
mod validate;

use args::{Cli, Verb};
use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let report = match &cli.verb {
        Verb::Check(arguments) => check::run(arguments),
        Verb::Validate(arguments) => validate::run(arguments),
    };
    output::print(&report, &cli.output);
    ExitCode::from(report.exit.code())
}
