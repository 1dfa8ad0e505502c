//! What can be written behind `polsim`: one verb, one question.

use crate::args::{EXIT_CODES, Output};
use clap::{Parser, Subcommand};

/// Answers questions about AWS policies: offline, exactly, for all requests at once.
#[derive(Debug, Parser)]
#[command(name = "polsim", version, after_help = EXIT_CODES, propagate_version = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// What may proofs assume of real requests? The facts that `check` uses where it needs them
    Assumptions,
    Check(Box<crate::check::Arguments>),
    Completions(crate::completions::Arguments),
    Expand(crate::expand::Arguments),
    Init(Box<crate::init::Arguments>),
    Lint(Box<crate::lint::Arguments>),
    Man(crate::man::Arguments),
    Reach(Box<crate::reach::Arguments>),
    Reference(crate::reference::Arguments),
    Report(Box<crate::report::Arguments>),
    Compare(Box<crate::compare::Arguments>),
    Rule(crate::rule::Arguments),
    Simulate(Box<crate::simulate::Arguments>),
    Test(Box<crate::test::Arguments>),
    Validate(crate::validate::Arguments),
    Verify(Box<crate::verify::Arguments>),
    WhatCan(Box<crate::what_can::Arguments>),
    WhoCan(Box<crate::who_can::Arguments>),
}
