//! `polsim expand`

use crate::args::{Format, Output, origin};
use crate::output;
use clap::Args;
use polsim::expand::{Expand, expand};
use polsim::{Origin, Reader};
use polsim_report::Exit;

const EXAMPLES: &str = "\
Examples:
  polsim expand 's3:Get*Tagging'
  polsim expand 'ec2:*Tags' 'iam:Pass*'
  jq -r '.Statement[].Action | .[]' policy.json | polsim expand -

Exit codes:
  0  every pattern matches an action
  2  a pattern matches none, or bad input; the others are expanded all the same";

/// Which actions does a pattern match? One a line
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Patterns of actions; `-` stands for those of standard input, one a line
    #[arg(required = true, value_name = "PATTERN")]
    patterns: Vec<String>,
    /// Facts to add: private services, or what AWS has and the data does not know yet (YAML or JSON)
    #[arg(long, value_name = "FILE", value_parser = origin)]
    reference: Option<Origin>,
}

/// Prints the actions plainly, so that the next program can read them, and on standard error what matches none.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let question = Expand { patterns: arguments.patterns.clone(), file: arguments.reference.clone() };
    let mut expansion = expand(&question, &Reader::default());
    if output.format == Format::Json {
        return output::print(&expansion.report, output);
    }
    let printed = output::print_lines(&expansion.actions, expansion.report.exit);
    // What was printed above is not told again.
    expansion.report.entries.retain(|entry| entry.level != polsim_report::Level::Fact);
    match expansion.report.entries.as_slice() {
        [] => printed,
        _ => printed.and(output::print(&expansion.report, output)),
    }
}
