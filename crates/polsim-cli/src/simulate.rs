//! `polsim simulate`

use crate::args::{DocumentsHow, EXIT_CODES, Format, Parameters, context, key, origin, policy_type};
use crate::layers::LayerArguments;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use indicatif::{ProgressBar, ProgressStyle};
use polsim::batch::{self, Batch, BatchError, Form};
use polsim::simulate::{Simulate, simulate};
use polsim::{ConditionKey, EnvironmentOrigin, KeyState, Origin, PolicyType, Reader, Reading, RequestText};
use polsim_report::{Exit, Report, Verb};
use std::io::IsTerminal as _;

const EXAMPLES: &str = "\
Examples:
  polsim simulate endpoint.json -p arn:aws:iam::111122223333:role/model \\
      -a s3:GetObject -r arn:aws:s3:::models/a --context aws:SourceVpc=vpc-1a2b
  polsim simulate --identity role.json --endpoint endpoint.json \\
      --resource-policy bucket.json --resource-account 111122223333 \\
      -p arn:aws:iam::111122223333:role/model -a s3:GetObject \\
      -r arn:aws:s3:::models/a --via gateway:vpce-1a2b3c4d --trace
  polsim simulate --env perimeter.env.yaml -p model-role -a s3:GetObject \\
      -r arn:aws:s3:::models/a --via s3
  polsim simulate --env perimeter.env.yaml --request requests.jsonl

A single POLICY is asked by itself; policies given by --identity and the like
count together, by the whole decision procedure of AWS.
A key that is not stated is open: when the answer depends on it, the exit code
is 3 and the key is named. With --closed no other key is in the request.";

/// What happens to this request, and why? The verdict, the deciding statements, and what would change it
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    parameters: Parameters,
    /// The policy file, `-` for standard input; left out when policies are given by `--identity` and the like
    #[arg(value_parser = origin)]
    policy: Option<Origin>,
    /// The type of POLICY; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// What to make of several JSON documents in one file
    #[arg(long, value_enum, value_name = "HOW", default_value_t = DocumentsHow::Reject)]
    documents: DocumentsHow,
    /// Show every statement of every layer, with what keeps it from applying
    #[arg(long)]
    trace: bool,
    /// What says which policies bind the request: an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(long, value_name = "FILE", value_parser = origin, conflicts_with = "policy", help_heading = "An environment")]
    env: Option<Origin>,
    /// The loader that reads it, instead of the one that knows it; docs/loaders.md lists them
    #[arg(long, value_name = "LOADER", requires = "env", help_heading = "An environment")]
    from: Option<String>,
    /// Let the environment name policies outside of the folder that it is in
    #[arg(long, requires = "env", help_heading = "An environment")]
    allow_outside: bool,
    /// Many requests instead of one: JSON lines, an object, or a list; `-` is standard input. Each has `principal`,
    /// `action`, `resource`, and perhaps `resource-account`, `via` and `context`
    #[arg(long = "request", id = "requests", value_name = "FILE", value_parser = origin, requires = "env", conflicts_with_all = ["principal", "action"], help_heading = "An environment")]
    requests: Option<Origin>,
    #[command(flatten)]
    request: RequestArguments,
    #[command(flatten)]
    layers: LayerArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "The request")]
struct RequestArguments {
    /// Who asks: an ARN (a role stands for a session of it), an account (its root user), a service, `anonymous`, or a
    /// name of the environment
    #[arg(long, short, required_unless_present = "requests")]
    principal: Option<String>,
    /// What is to be done, such as `s3:GetObject`
    #[arg(long, short, required_unless_present = "requests")]
    action: Option<String>,
    /// To what: an ARN; `*` when left out
    #[arg(long, short)]
    resource: Option<String>,
    /// The account that owns the resource; the principal's own when left out
    #[arg(long, value_name = "ACCOUNT")]
    resource_account: Option<String>,
    /// A condition key that the request carries; `K=[a,b]` is a list
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = context)]
    context: Vec<(ConditionKey, KeyState)>,
    /// A condition key that the request does not carry
    #[arg(long, value_name = "KEY", value_parser = key)]
    absent: Vec<ConditionKey>,
    /// The way of the request: `gateway:vpce-…`, `interface:vpce-…`, `internet:ADDRESS`, or an endpoint of the
    /// environment by its name
    #[arg(long, value_name = "WAY")]
    via: Option<String>,
    /// Nothing but what is stated, and what follows from it, is in the request
    #[arg(long)]
    closed: bool,
    /// Read an ambiguity of AWS's documents the other way, such as `account-grant-suffices`
    #[arg(long, value_name = "NAME", value_parser = reading())]
    reading: Vec<Reading>,
}

/// What a run ends in: a report, or a stream that has been printed already.
pub(crate) enum Ended {
    Report(Box<Report>),
    Printed(Exit),
}

pub(crate) fn run(arguments: &Arguments, format: Format) -> Ended {
    let environment = arguments.env.as_ref().map(|origin| EnvironmentOrigin {
        origin: origin.clone(),
        allow_outside: arguments.allow_outside,
        from: arguments.from.clone(),
    });
    if let (Some(environment), Some(requests)) = (&environment, &arguments.requests) {
        let form = if format == Format::Json { Form::Json } else { Form::Text };
        let is_closed = arguments.request.closed;
        let batch = Batch { environment: environment.clone(), requests: requests.clone(), is_closed, form };
        return stream(&batch, &arguments.parameters.reader());
    }
    Ended::Report(Box::new(simulate(&question(arguments, environment), &arguments.parameters.reader())))
}

/// Answers a stream of requests, with a bar on a terminal when the answers go elsewhere.
fn stream(batch: &Batch, reader: &Reader) -> Ended {
    let bar =
        if std::io::stdout().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    bar.set_style(
        ProgressStyle::with_template("{spinner} {pos} requests, {per_sec}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let done = batch::run(batch, reader, &mut out, &|number| bar.set_position(number));
    bar.finish_and_clear();
    match done {
        Ok(done) => {
            if done.bad > 0 {
                eprintln!("polsim: {}", done.sentence());
            }
            Ended::Printed(done.exit)
        }
        Err(BatchError::Input(entries)) => {
            Ended::Report(Box::new(Report::bad_input(Verb::Simulate, entries)))
        }
        // Whoever closed the pipe has read enough.
        Err(BatchError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            Ended::Printed(Exit::Holds)
        }
        Err(BatchError::Write(error)) => {
            eprintln!("polsim: the answers cannot be written: {error}");
            Ended::Printed(Exit::BadInput)
        }
    }
}

fn question(arguments: &Arguments, environment: Option<EnvironmentOrigin>) -> Simulate {
    let request = &arguments.request;
    let absent = request.absent.iter().map(|key| (key.clone(), KeyState::Absent));
    Simulate {
        environment,
        policies: arguments.layers.beside(arguments.policy.as_ref(), arguments.policy_type),
        documents: arguments.documents.into(),
        request: RequestText {
            principal: request.principal.clone().unwrap_or_default(),
            action: request.action.clone().unwrap_or_default(),
            resource: request.resource.clone(),
            resource_account: request.resource_account.clone(),
            via: request.via.clone(),
            context: request.context.iter().cloned().chain(absent).collect(),
        },
        is_closed: request.closed,
        readings: request.reading.clone(),
        trace: arguments.trace,
    }
}

fn reading() -> impl clap::builder::TypedValueParser<Value = Reading> {
    let find = |name: String| Reading::ALL.iter().copied().find(|reading| reading.name() == name);
    PossibleValuesParser::new(Reading::ALL.iter().map(|reading| reading.name()))
        .try_map(move |name| find(name).ok_or("no such reading"))
}
