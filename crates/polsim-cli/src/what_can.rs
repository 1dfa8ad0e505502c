//! `polsim what-can`

use crate::args::{EXIT_CODES, Output, level, origin};
use crate::listing;
use crate::region::WhereArguments;
use clap::Args;
use polsim::what_can::{WhatCan, what_can};
use polsim::{AccessLevel, EnvironmentOrigin, Origin, Reader};
use polsim_report::{Exit, Verb};

const EXAMPLES: &str = "\
Examples:
  polsim what-can model-role --env perimeter.env.yaml
  polsim what-can arn:aws:iam::111122223333:role/app --env dumps/ --service s3 --level write
  polsim what-can anonymous --env org.env.yaml --format csv

The actions are those of the reference (polsim reference --version). Each is
told with the resources, the ways and the conditions, after boundaries, SCPs,
RCPs, endpoint policies and the policies of resources.";

/// What can a principal do, after everything that binds it, and under which conditions?
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Who: a name of the environment, an ARN (a role stands for its sessions), a service or `anonymous`
    #[arg(value_name = "PRINCIPAL")]
    principal: String,
    /// What says which policies bind whom: an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(long, value_name = "FILE", value_parser = origin)]
    env: Origin,
    /// The loader that reads it, instead of the one that knows it; docs/loaders.md lists them
    #[arg(long, value_name = "LOADER")]
    from: Option<String>,
    /// Let the environment name policies outside of the folder that it is in
    #[arg(long)]
    allow_outside: bool,
    /// Only actions of this service, by its prefix
    #[arg(long, value_name = "PREFIX")]
    service: Vec<String>,
    /// Only actions of this access level
    #[arg(long, value_name = "LEVEL", value_parser = level())]
    level: Option<AccessLevel>,
    #[command(flatten)]
    requests: WhereArguments,
    /// The most steps of one search; what needs more is not decided
    #[arg(long, value_name = "STEPS", default_value_t = 20_000_000)]
    budget: u64,
}

/// Prints what the principal can do.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let question = WhatCan {
        environment: EnvironmentOrigin {
            origin: arguments.env.clone(),
            allow_outside: arguments.allow_outside,
            from: arguments.from.clone(),
        },
        principal: arguments.principal.clone(),
        services: arguments.service.clone(),
        level: arguments.level,
        region: arguments.requests.region(),
        budget: arguments.budget,
    };
    let progress = listing::Progress::new();
    let found = what_can(&question, &Reader::default(), &|done, all| progress.tell(done, all));
    progress.end();
    listing::print(found, Verb::WhatCan, output)
}
