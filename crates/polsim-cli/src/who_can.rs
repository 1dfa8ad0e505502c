//! `polsim who-can`

use crate::args::{EXIT_CODES, Output, origin};
use crate::listing;
use crate::region::RegionArguments;
use clap::Args;
use polsim::who_can::{WhoCan, who_can};
use polsim::{EnvironmentOrigin, Origin, Reader};
use polsim_report::{Exit, Verb};

const EXAMPLES: &str = "\
Examples:
  polsim who-can s3:GetObject 'arn:aws:s3:::models/*' --env perimeter.env.yaml
  polsim who-can sts:AssumeRole arn:aws:iam::111122223333:role/admin --env dumps/
  polsim who-can 's3:Delete*' 'arn:aws:s3:::audit/*' --env org.env.yaml --format csv

A principal is listed when some request is allowed. `always` means that every
request is, whatever the condition keys hold; else the statements that grant and
those that take away are listed, with a request of either kind.";

/// Who can perform an action on a resource, on which way, and under which conditions?
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// A comma list of actions, with or without the wildcards `*` and `?`
    #[arg(value_name = "ACTION")]
    actions: String,
    /// A comma list of resources: ARNs, with or without wildcards, or `*`
    #[arg(value_name = "RESOURCE")]
    resources: String,
    /// What says which policies bind whom: an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(long, value_name = "FILE", value_parser = origin)]
    env: Origin,
    /// The loader that reads it, instead of the one that knows it; docs/loaders.md lists them
    #[arg(long, value_name = "LOADER")]
    from: Option<String>,
    /// Let the environment name policies outside of the folder that it is in
    #[arg(long)]
    allow_outside: bool,
    #[command(flatten)]
    region: RegionArguments,
    /// The most steps of one search; what needs more is not decided
    #[arg(long, value_name = "STEPS", default_value_t = 20_000_000)]
    budget: u64,
}

/// Prints who can.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let question = WhoCan {
        environment: EnvironmentOrigin {
            origin: arguments.env.clone(),
            allow_outside: arguments.allow_outside,
            from: arguments.from.clone(),
        },
        region: arguments.region.with(&arguments.actions, &arguments.resources),
        budget: arguments.budget,
    };
    let progress = listing::Progress::new();
    let found = who_can(&question, &Reader::default(), &|done, all| progress.tell(done, all));
    progress.end();
    listing::print(found, Verb::WhoCan, output)
}
