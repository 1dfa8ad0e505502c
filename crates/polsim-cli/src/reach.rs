//! `polsim reach`

use crate::args::{EXIT_CODES, Format, Output, context, key, origin};
use crate::output;
use crate::simulate::Ended;
use clap::Args;
use polsim::reach::{Reach, ReachExpectation, reach};
use polsim::{ConditionKey, EnvironmentOrigin, KeyState, NetworkOrigin, Origin, Reader};
use polsim_report::reach::{picture, reach_to_json, report};
use polsim_report::{Report, Verb};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  polsim reach --network network/ --model model.json \\
      s3:GetObject arn:aws:s3:::models/model.tar.gz
  polsim reach --network network/ --model model.json --env perimeter.env.yaml \\
      s3:GetObject arn:aws:s3:::models/model.tar.gz --svg way.svg
  polsim reach --network network/ --model model.json --expect unreachable \\
      s3:GetObject arn:aws:s3:::elsewhere/x --resource-region us-east-1

docs/collect.sh lists the commands of the AWS CLI that print a network. What
they do not say is unknown, with the reason, and the exit code is 3.";

/// Which way does a model's request go from each of its subnets, and what becomes of it there?
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// What is to be done, such as `s3:GetObject`
    action: String,
    /// To what: an ARN, or `*`
    resource: String,
    /// The folder of what the AWS CLI printed about the network, or one file with all of it
    #[arg(long, value_name = "DIR")]
    network: PathBuf,
    /// The request that creates a SageMaker model or job, or its description
    #[arg(long, value_name = "FILE", value_parser = origin)]
    model: Origin,
    /// What says which policies bind the request: an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(long, value_name = "FILE", value_parser = origin, help_heading = "An environment")]
    env: Option<Origin>,
    /// The loader that reads the environment; else the one that knows it
    #[arg(long, value_name = "LOADER", requires = "env", help_heading = "An environment")]
    from: Option<String>,
    /// Let the environment name policies outside of the folder that it is in
    #[arg(long, requires = "env", help_heading = "An environment")]
    allow_outside: bool,
    /// Ask for this subnet of the model only, by its id or name
    #[arg(long, value_name = "SUBNET")]
    subnet: Vec<String>,
    /// Ask as well whether the subnets have addresses enough for so many instances
    #[arg(long, value_name = "NUMBER")]
    instances: Option<u64>,
    /// The Region of the resource, when neither its ARN nor the VPC tells it
    #[arg(long, value_name = "REGION")]
    resource_region: Option<String>,
    /// The account that owns the resource
    #[arg(long, value_name = "ACCOUNT")]
    resource_account: Option<String>,
    /// The endpoint by whose own name (`vpce-….s3.eu-west-1.vpce.amazonaws.com`) the service is called
    #[arg(long, value_name = "VPCE")]
    endpoint_name: Option<String>,
    /// What is claimed of all these subnets: `gateway`, `interface`, `nat`, `internet`, `unreachable`, `allow`, `deny` or
    /// `via:ID`
    #[arg(long, value_parser = ReachExpectation::read)]
    expect: Option<ReachExpectation>,
    /// Show every step, also those that just let the request pass
    #[arg(long)]
    trace: bool,
    /// Draw a picture into a file, as SVG; `-` prints it instead of the answer
    #[arg(long, short = 'o', value_name = "FILE")]
    svg: Option<PathBuf>,
    /// A condition key that the request carries; `K=[a,b]` is a list
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = context, help_heading = "The request")]
    context: Vec<(ConditionKey, KeyState)>,
    /// A condition key that the request does not carry
    #[arg(long, value_name = "KEY", value_parser = key, help_heading = "The request")]
    absent: Vec<ConditionKey>,
    /// Nothing but what is stated, and what follows from it, is in the request
    #[arg(long, help_heading = "The request")]
    closed: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &Output) -> Ended {
    let reached = match reach(&question(arguments), &Reader::default()) {
        Ok(reached) => reached,
        Err(entries) => return Ended::Report(Box::new(Report::bad_input(Verb::Reach, entries))),
    };
    let exit = reached.exit();
    match arguments.svg.as_deref() {
        Some(file) if file == Path::new("-") => {
            return Ended::Printed(exit.and(output::print_text(&picture(&reached))));
        }
        Some(file) => {
            if let Err(error) = output::write_whole(file, &picture(&reached)) {
                return Ended::Report(Box::new(output::cannot_write(Verb::Reach, file, &error)));
            }
        }
        None => {}
    }
    match out.format {
        Format::Json => Ended::Printed(exit.and(output::print_text(&reach_to_json(&reached)))),
        _ => Ended::Report(Box::new(report(&reached, arguments.trace))),
    }
}

fn question(arguments: &Arguments) -> Reach {
    let absent = arguments.absent.iter().map(|key| (key.clone(), KeyState::Absent));
    Reach {
        environment: arguments.env.as_ref().map(|origin| EnvironmentOrigin {
            origin: origin.clone(),
            allow_outside: arguments.allow_outside,
            from: arguments.from.clone(),
        }),
        network: NetworkOrigin { network: arguments.network.clone(), model: arguments.model.clone() },
        action: arguments.action.clone(),
        resource: arguments.resource.clone(),
        region: arguments.resource_region.clone(),
        resource_account: arguments.resource_account.clone(),
        endpoint_name: arguments.endpoint_name.clone(),
        subnets: arguments.subnet.clone(),
        instances: arguments.instances,
        context: arguments.context.iter().cloned().chain(absent).collect(),
        is_closed: arguments.closed,
        expect: arguments.expect.clone(),
    }
}
