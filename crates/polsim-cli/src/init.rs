//! `polsim init`

use crate::args::policy_type;
use crate::output;
use crate::report::today;
use crate::simulate::Ended;
use clap::Args;
use polsim::init::{Init, init};
use polsim::{PolicyType, Reader};
use polsim_report::{Entry, Level, Report, Verb};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  polsim init bucket.json -o bucket.polsim.yaml
  polsim init org.env.yaml -o tests/org.polsim.yaml
  polsim test tests/org.polsim.yaml";

/// Writes a first suite of claims that hold today, for a policy or an environment
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A policy, an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The type of a policy; guessed when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// The file to write, whole or not at all; standard output when not given
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

/// Writes or prints the suite.
pub(crate) fn run(arguments: &Arguments) -> Ended {
    let refused = |sentence: String, code, help: &str| {
        let entry = Entry::new(Level::Error, sentence).with_code(code).with_help(help);
        Ended::Report(Box::new(Report::bad_input(Verb::Init, vec![entry])))
    };
    if let Some(file) = arguments.output.as_deref().filter(|file| file.exists() && !arguments.force) {
        return refused(format!("{} is there already", file.display()), "INP032", "`--force` writes over it");
    }
    let folder = arguments.output.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    let question =
        Init { path: arguments.path.clone(), policy_type: arguments.policy_type, folder, today: today() };
    let text = match init(&question, &Reader::default()) {
        Ok(text) => text,
        Err(report) => return Ended::Report(report),
    };
    let Some(file) = &arguments.output else { return Ended::Printed(output::print_text(&text)) };
    match output::write_whole(file, &text) {
        Ok(()) => Ended::Printed(polsim_report::Exit::Holds),
        Err(error) => Ended::Report(Box::new(output::cannot_write(Verb::Init, file, &error))),
    }
}
