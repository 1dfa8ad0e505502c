//! `polsim compare`

use crate::args::{DocumentsHow, EXIT_CODES, Parameters, origin, policy_type};
use crate::region::RegionArguments;
use clap::{Args, ValueEnum};
use polsim::compare::{Compare, compare};
use polsim::{Origin, PolicyType, Relation};
use polsim_report::Report;

const EXAMPLES: &str = "\
Examples:
  polsim compare old.json new.json
  polsim compare old.json new.json --expect no-more-access
  polsim compare main.env.yaml branch.env.yaml --expect same -p model-role
  polsim compare a.json b.json --expect disjoint --actions 's3:*'

Environment files in YAML, and with --env any files, are environments; all others are policies.
Without --expect it is told what is different.";

/// What does the new policy or environment grant that the old one does not, and the other way round?
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    parameters: Parameters,
    /// The old policy or environment
    #[arg(value_parser = origin)]
    old: Origin,
    /// The new one
    #[arg(value_parser = origin)]
    new: Origin,
    /// What is claimed of the new one; told apart when left out
    #[arg(long, value_enum)]
    expect: Option<Expect>,
    /// Both files are environments, whatever they are called
    #[arg(long)]
    env: bool,
    /// Let environments name policies outside of the folders that they are in
    #[arg(long)]
    allow_outside: bool,
    /// The type of the policies; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// What to make of several JSON documents in one file
    #[arg(long, value_enum, value_name = "HOW", default_value_t = DocumentsHow::Reject)]
    documents: DocumentsHow,
    /// A comma list of actions, with or without wildcards; all when left out
    #[arg(
        long,
        value_name = "ACTIONS",
        default_value = "",
        hide_default_value = true,
        help_heading = "Which requests"
    )]
    actions: String,
    /// A comma list of resources, with or without wildcards; all when left out
    #[arg(
        long,
        value_name = "RESOURCES",
        default_value = "",
        hide_default_value = true,
        help_heading = "Which requests"
    )]
    resources: String,
    #[command(flatten)]
    region: RegionArguments,
    /// The most steps of each search; a claim that needs more is undecided
    #[arg(long, value_name = "STEPS", default_value_t = 20_000_000)]
    budget: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Expect {
    /// It grants nothing that the old one does not
    NoMoreAccess,
    /// It grants all that the old one does
    NoLessAccess,
    /// It grants the same
    Same,
    /// It grants nothing that the old one does
    Disjoint,
}

impl From<Expect> for Relation {
    fn from(expect: Expect) -> Self {
        match expect {
            Expect::NoMoreAccess => Self::NoMore,
            Expect::NoLessAccess => Self::NoLess,
            Expect::Same => Self::Same,
            Expect::Disjoint => Self::Disjoint,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Report {
    let question = Compare {
        environments: arguments.env,
        old: arguments.old.clone(),
        new: arguments.new.clone(),
        allow_outside: arguments.allow_outside,
        policy_type: arguments.policy_type,
        documents: arguments.documents.into(),
        expect: arguments.expect.map(Relation::from),
        region: arguments.region.with(&arguments.actions, &arguments.resources),
        budget: arguments.budget,
    };
    compare(&question, &arguments.parameters.reader())
}
