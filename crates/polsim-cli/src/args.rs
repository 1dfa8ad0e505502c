//! Arguments that several verbs take.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use polsim::{AccessLevel, ConditionKey, Documents, KeyState, Origin, PolicyType, Reader};
use std::path::Path;

/// Exit codes are the same for every verb; scripts rely on them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  the claim holds, the documents are valid, a verdict was reached
  1  the claim does not hold, or AWS would refuse a document
  2  bad input: usage, a missing or malformed file, a contradiction
  3  undecided: the answer depends on what was not stated, or was not found";

/// Values of parameters of templates.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Parameters {
    /// The value of a parameter of a template, or of `AWS::AccountId` and `AWS::Region`; may be given several times
    #[arg(long = "parameters", value_name = "NAME=VALUE", value_parser = parameter)]
    given: Vec<(String, String)>,
}

impl Parameters {
    /// A reader that knows them.
    pub(crate) fn reader(&self) -> Reader {
        Reader::default().with_parameters(self.given.iter().cloned().collect())
    }
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("this is written NAME=VALUE".to_owned()),
    }
}

/// How answers look.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Output {
    /// The form of the answer; JSON has the schema `polsim.report/1`
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    pub(crate) format: Format,
    /// Whether to use colour; `auto` looks at the terminal, NO_COLOR and FORCE_COLOR
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, value_name = "WHEN", help_heading = "Output")]
    pub(crate) color: ColorWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: workflow commands
    Github,
    /// For spreadsheets: the lists of `who-can` and `what-can`
    Csv,
    /// Findings as Access Analyzer's ValidatePolicy answers them
    AccessAnalyzer,
    /// For CI servers: JUnit's XML, a case for each claim or finding
    Junit,
    /// For test harnesses: TAP 14
    Tap,
    /// For comments on pull requests
    Markdown,
    /// A page for people; of `polsim report` only
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

/// How policy files are read.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Reading {
    /// The type of the policy; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    pub(crate) policy_type: Option<PolicyType>,
    /// What to make of several JSON documents in one file
    #[arg(long, value_enum, value_name = "HOW", default_value_t = DocumentsHow::Reject)]
    pub(crate) documents: DocumentsHow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentsHow {
    /// Refuse them, as AWS does
    Reject,
    /// Read them as one policy with all statements
    Merge,
    /// Read each as a policy by itself
    Each,
}

impl From<DocumentsHow> for Documents {
    fn from(how: DocumentsHow) -> Self {
        match how {
            DocumentsHow::Reject => Self::Reject,
            DocumentsHow::Merge => Self::Merge,
            DocumentsHow::Each => Self::Each,
        }
    }
}

pub(crate) fn policy_type() -> impl clap::builder::TypedValueParser<Value = PolicyType> {
    PossibleValuesParser::new(PolicyType::ALL.map(PolicyType::as_str))
        .try_map(|word| word.parse::<PolicyType>())
}

/// An access level, in one word.
pub(crate) fn level() -> impl clap::builder::TypedValueParser<Value = AccessLevel> {
    PossibleValuesParser::new(["list", "read", "write", "permissions-management", "tagging"])
        .try_map(|word| word.replace('-', " ").parse::<AccessLevel>())
}

/// A file or `-`.
pub(crate) fn origin(argument: &str) -> Result<Origin, std::convert::Infallible> {
    Ok(Origin::of(Path::new(argument)))
}

/// A condition key.
pub(crate) fn key(text: &str) -> Result<ConditionKey, String> {
    ConditionKey::new(text)
        .ok_or_else(|| "a condition key is `prefix:name`, such as `aws:SourceVpce`".to_owned())
}

/// A condition key with what it holds.
pub(crate) fn context(text: &str) -> Result<(ConditionKey, KeyState), String> {
    let (name, value) =
        text.split_once('=').ok_or("write KEY=VALUE, such as `aws:SourceVpce=vpce-1a2b3c4d`")?;
    let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let state = match list {
        Some("") => KeyState::List(Vec::new()),
        Some(items) => KeyState::List(items.split(',').map(|item| item.trim().to_owned()).collect()),
        None => KeyState::One(value.to_owned()),
    };
    Ok((key(name)?, state))
}
