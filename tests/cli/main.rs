//! The built binary as people and scripts use it: answers, exit codes, bad input, pipes, narrow terminals.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test makes files, runs the program and stops at the first surprise"
)]

mod answers;
mod bad_input;
mod browser;
mod certificate;
mod compare;
mod everywhere;
mod iac;
mod lint;
mod loaders;
mod looks;
mod output;
mod reach;
mod reference;
mod report;
mod run;
mod shell;
mod suites;
mod who_can;
