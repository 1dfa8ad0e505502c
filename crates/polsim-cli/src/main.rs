//! The `polsim` command: arguments in, a report out.

mod args;
mod assume;
mod check;
mod cli;
mod compare;
mod completions;
mod expand;
mod init;
mod layers;
mod lint;
mod listing;
mod look;
mod man;
mod output;
mod reach;
mod reference;
mod region;
mod report;
mod rule;
mod simulate;
mod test;
mod validate;
mod verify;
mod what_can;
mod who_can;

use clap::{CommandFactory as _, Parser as _};
use cli::{Cli, Verb};
use simulate::Ended;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let report = match &cli.verb {
        Verb::Assumptions => polsim::assumptions::assumptions(),
        Verb::Check(arguments) => match check::run(arguments) {
            Ended::Report(report) => *report,
            Ended::Printed(exit) => return ExitCode::from(exit.code()),
        },
        Verb::Completions(arguments) => {
            return ExitCode::from(completions::run(arguments, Cli::command()).code());
        }
        Verb::Expand(arguments) => return ExitCode::from(expand::run(arguments, &cli.output).code()),
        Verb::Reach(arguments) => match reach::run(arguments, &cli.output) {
            Ended::Report(report) => *report,
            Ended::Printed(exit) => return ExitCode::from(exit.code()),
        },
        Verb::Reference(arguments) => reference::run(arguments),
        Verb::Init(arguments) => match init::run(arguments) {
            Ended::Report(report) => *report,
            Ended::Printed(exit) => return ExitCode::from(exit.code()),
        },
        Verb::Lint(arguments) => match lint::run(arguments) {
            lint::Ended::Report(report) => *report,
            lint::Ended::Diff(text) => return ExitCode::from(output::print_text(&text).code()),
        },
        Verb::Man(arguments) => match man::run(arguments, Cli::command()) {
            Ok(exit) => return ExitCode::from(exit.code()),
            Err(report) => *report,
        },
        Verb::Report(arguments) => match report::run(arguments, &cli.output) {
            Ended::Report(report) => *report,
            Ended::Printed(exit) => return ExitCode::from(exit.code()),
        },
        Verb::Rule(arguments) => match rule::run(arguments) {
            Ok(exit) => return ExitCode::from(exit.code()),
            Err(report) => *report,
        },
        Verb::Simulate(arguments) => match simulate::run(arguments, cli.output.format) {
            Ended::Report(report) => *report,
            Ended::Printed(exit) => return ExitCode::from(exit.code()),
        },
        Verb::Test(arguments) => return ExitCode::from(test::run(arguments, &cli.output).code()),
        Verb::Compare(arguments) => compare::run(arguments),
        Verb::Verify(arguments) => verify::run(arguments),
        Verb::WhatCan(arguments) => return ExitCode::from(what_can::run(arguments, &cli.output).code()),
        Verb::WhoCan(arguments) => return ExitCode::from(who_can::run(arguments, &cli.output).code()),
        Verb::Validate(arguments) => validate::run(arguments),
    };
    ExitCode::from(output::print(&report, &cli.output).code())
}
