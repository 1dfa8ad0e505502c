//! `polsim reference`

use crate::args::{level, origin};
use clap::Args;
use polsim::reference::{About, Lookup, lookup};
use polsim::{AccessLevel, Origin, Reader};
use polsim_report::Report;

const EXAMPLES: &str = "\
Examples:
  polsim reference s3:GetObject
  polsim reference s3 --level write
  polsim reference 'iam:Pass*'
  polsim reference --key aws:SourceVpce
  polsim reference --version

Exit codes:
  0  every name is known
  2  a name is unknown, or bad input";

/// What is known of an action, a service or a condition key? Resources, keys, access levels
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, disable_version_flag = true)]
pub(crate) struct Arguments {
    /// Actions (`s3:GetObject`), services (`s3`), patterns of actions (`s3:Get*`), condition keys
    #[arg(required_unless_present_any = ["key", "version"], value_name = "NAME")]
    names: Vec<String>,
    /// Condition keys, such as `aws:SourceVpce` or `aws:RequestTag/team`
    #[arg(long, value_name = "KEY", conflicts_with_all = ["names", "level", "version"])]
    key: Vec<String>,
    /// Only the actions of this access level
    #[arg(long, value_name = "LEVEL", value_parser = level())]
    level: Option<AccessLevel>,
    /// Where the facts come from, and of what day they are
    #[arg(long, short = 'V', conflicts_with_all = ["names", "level"])]
    version: bool,
    /// Facts to add: private services, or what AWS has and the data does not know yet (YAML or JSON)
    #[arg(long, value_name = "FILE", value_parser = origin)]
    reference: Option<Origin>,
}

pub(crate) fn run(arguments: &Arguments) -> Report {
    let about = if arguments.version {
        About::Version
    } else if arguments.key.is_empty() {
        About::Names(arguments.names.clone(), arguments.level)
    } else {
        About::Keys(arguments.key.clone())
    };
    lookup(&Lookup { about, file: arguments.reference.clone() }, &Reader::default())
}
