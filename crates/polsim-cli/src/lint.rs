//! `polsim lint`

use crate::args::{EXIT_CODES, Parameters, origin, policy_type};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{ArgGroup, Args};
use polsim::lint::{BaselineUse, ConfigUse, Fixed, Fixes, Lint, LintNetwork, Linting, lint, lint_network};
use polsim::{EnvironmentOrigin, NetworkOrigin, Origin, PolicyType, Severity};
use polsim_report::{Entry, Exit, Level, Report, Verb};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  polsim lint policy.json
  polsim lint --type endpoint --select VPE,S3R endpoints
  polsim lint --network network/ --model model.json --env perimeter.env.yaml
  polsim lint --format sarif 'policies/**/*.json' > polsim.sarif
  aws iam get-policy-version … | jq .PolicyVersion.Document | polsim lint -";

/// A network instead of policies: the rules of the family NET look at it.
#[derive(Debug, Args)]
#[command(next_help_heading = "A network")]
struct NetworkArguments {
    /// The folder of what the AWS CLI printed about a network, or one file with all of it
    #[arg(long, value_name = "DIR", requires = "model", conflicts_with_all = ["paths", "mending", "baseline", "write_baseline"])]
    network: Option<PathBuf>,
    /// The request that creates a SageMaker model or job, or its description
    #[arg(long, value_name = "FILE", value_parser = origin, requires = "network")]
    model: Option<Origin>,
    /// What says which policies bind whom: an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(long, value_name = "FILE", value_parser = origin, requires = "network")]
    env: Option<Origin>,
    /// How many instances there are to be
    #[arg(long, value_name = "NUMBER", requires = "network")]
    instances: Option<u64>,
}

/// What is odd about these policies? Findings with their places, and how to mend them
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
#[command(group = ArgGroup::new("mending").multiple(true).args(["fix", "diff"]))]
pub(crate) struct Arguments {
    #[command(flatten)]
    parameters: Parameters,
    /// Files, folders (every policy in them), globs, or `-` for standard input
    #[arg(required_unless_present = "network", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    network: NetworkArguments,
    /// The type of the policies; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// The rules to run: codes, beginnings of codes, names, or aws:NAME, parliament:NAME, cloudsplaining:NAME, ALL
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Rules that do not run, named as for --select
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The mildest severity that ends in exit code 1 [default: medium, or what polsim.toml says]
    #[arg(long, value_name = "SEVERITY", value_parser = severity())]
    fail_on: Option<Severity>,
    /// The day that dates and expiries are held against; nothing expires without it
    #[arg(long, value_name = "DATE")]
    now: Option<String>,
    /// A fact that only you know, such as endpoint-id=vpce-1a2b3c4d
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// Facts about services on top of the bundled ones, YAML or JSON
    #[arg(long, value_name = "FILE", value_parser = origin)]
    reference: Option<Origin>,
    /// The project file [default: polsim.toml beside the first path or above it]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Look for no project file
    #[arg(long)]
    no_config: bool,
    /// Do not show the findings of this baseline
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to this baseline
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Mend what can be mended so that the same requests are decided alike, which is proved first
    #[arg(long)]
    fix: bool,
    /// With --fix, also make fixes that change what the policy does; each says whether it grants more or less
    #[arg(long, requires = "mending")]
    unsafe_fixes: bool,
    /// Print what --fix would change instead of changing it
    #[arg(long)]
    diff: bool,
    /// Show what ignores and the baseline would hide
    #[arg(long)]
    no_ignores: bool,
}

fn severity() -> impl clap::builder::TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::as_str)).try_map(|word| word.parse::<Severity>())
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, such as endpoint-id=vpce-1a2b3c4d")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn question(arguments: &Arguments) -> Lint {
    let config = match (&arguments.config, arguments.no_config) {
        (Some(file), _) => ConfigUse::File(file.clone()),
        (None, true) => ConfigUse::None,
        (None, false) => ConfigUse::Nearest,
    };
    let baseline = match (&arguments.baseline, &arguments.write_baseline) {
        (Some(file), _) => BaselineUse::File(file.clone()),
        (None, Some(file)) => BaselineUse::Write(file.clone()),
        (None, None) => BaselineUse::Configured,
    };
    Lint {
        reference: arguments.reference.clone(),
        paths: arguments.paths.clone(),
        policy_type: arguments.policy_type,
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
        fail_on: arguments.fail_on,
        now: arguments.now.clone(),
        settings: arguments.settings.clone(),
        config,
        baseline,
        no_ignores: arguments.no_ignores,
        fixes: match (arguments.fix || arguments.diff, arguments.unsafe_fixes) {
            (true, true) => Fixes::All,
            (true, false) => Fixes::Safe,
            (false, _) => Fixes::None,
        },
    }
}

/// Lints; with --diff it prints the difference and nothing else.
pub(crate) fn run(arguments: &Arguments) -> Ended {
    if let Some(question) = network_question(arguments) {
        return Ended::Report(Box::new(lint_network(&question, &arguments.parameters.reader())));
    }
    if arguments.fix && !arguments.diff && arguments.paths.iter().any(|path| path == Path::new("-")) {
        let entry = Entry::new(Level::Error, "standard input cannot be mended").with_code("INP027");
        let entry = entry.with_help("`--diff` prints what would be changed");
        return Ended::Report(Box::new(Report::bad_input(Verb::Lint, vec![entry])));
    }
    let Linting { mut report, baseline, fixed } = lint(&question(arguments), &arguments.parameters.reader());
    if arguments.diff && report.exit != Exit::BadInput {
        let text: String = fixed.iter().map(difference).collect();
        return Ended::Diff(if text.is_empty() { "# nothing to mend\n".to_owned() } else { text });
    }
    let mut files: Vec<(PathBuf, String, String)> = Vec::new();
    for Fixed { after, made, .. } in &fixed {
        let name = after.name();
        let note = format!("mended in {name}: {}", made.join("; "));
        files.push((PathBuf::from(name), after.text().to_owned(), note));
    }
    if let Some((file, text)) = baseline {
        let note = format!("the baseline was written to {}", file.display());
        files.push((file, text, note));
    }
    for (file, text, note) in files {
        match write(&file, &text) {
            Ok(()) => report.notes.push(note),
            Err(error) => {
                return Ended::Report(Box::new(crate::output::cannot_write(
                    polsim_report::Verb::Lint,
                    &file,
                    &error,
                )));
            }
        }
    }
    Ended::Report(Box::new(report))
}

fn network_question(arguments: &Arguments) -> Option<LintNetwork> {
    let NetworkArguments { network, model, env, instances } = &arguments.network;
    let environment = env.as_ref().map(|origin| EnvironmentOrigin {
        origin: origin.clone(),
        allow_outside: false,
        from: None,
    });
    Some(LintNetwork {
        network: NetworkOrigin { network: network.clone()?, model: model.clone()? },
        environment,
        instances: *instances,
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
        fail_on: arguments.fail_on,
    })
}

/// How linting ended.
pub(crate) enum Ended {
    /// With a report.
    Report(Box<Report>),
    /// With what would be changed.
    Diff(String),
}

fn difference(fixed: &Fixed) -> String {
    let (old, new) = (fixed.before.text(), fixed.after.text());
    let name = fixed.before.name();
    let made: String = fixed.made.iter().map(|made| format!("# {made}\n")).collect();
    let diff = similar::TextDiff::from_lines(old, new);
    format!("{made}{}", diff.unified_diff().header(name, name))
}

#[expect(clippy::disallowed_methods, reason = "files are written in the faces")]
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(file, text)
}
