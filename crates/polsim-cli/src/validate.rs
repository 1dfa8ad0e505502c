//! `polsim validate`

use crate::args::{EXIT_CODES, Parameters, Reading, origin};
use clap::Args;
use polsim::Origin;
use polsim::validate::{Validate, validate};
use polsim_report::Report;

const EXAMPLES: &str = "\
Examples:
  polsim validate policy.json
  polsim validate --type endpoint endpoints/*.json
  aws iam get-policy-version … | jq .PolicyVersion.Document | polsim validate -";

/// Would AWS take these documents? Every problem of the grammar, with its place
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    parameters: Parameters,
    /// Policy files; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_parser = origin)]
    files: Vec<Origin>,
    #[command(flatten)]
    reading: Reading,
}

pub(crate) fn run(arguments: &Arguments) -> Report {
    let question = Validate {
        files: arguments.files.clone(),
        policy_type: arguments.reading.policy_type,
        documents: arguments.reading.documents.into(),
    };
    validate(&question, &arguments.parameters.reader()).report()
}
