//! `polsim report`

use crate::args::{EXIT_CODES, Format, Output, origin, policy_type};
use crate::output;
use crate::simulate::Ended;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use polsim::report::{ReportOf, Reviewed, review};
use polsim::{EnvironmentOrigin, Origin, PolicyType, Reader, Severity};
use polsim_report::review::{Review, to_review_json};
use polsim_report::{Entry, Exit, Level, Report, Verb, to_html, to_review_markdown};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  polsim report tests --env org.env.yaml -o report.html
  polsim report policies --type endpoint -o report.md
  polsim report --env org.env.yaml --date 2026-11-24 --format json > report.json";

/// A security review for people who decide: claims, findings, the environment, the policies with notes at their margins
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Suites (`*.polsim.yaml`), policy files, folders, globs
    #[arg(value_name = "PATH", required_unless_present = "env")]
    paths: Vec<PathBuf>,
    /// What says which policies bind whom: an environment file, a dump of the AWS CLI, or a folder of dumps
    #[arg(long, value_name = "FILE", value_parser = origin)]
    env: Option<Origin>,
    /// The loader that reads --env, instead of the one that knows it; docs/loaders.md lists them
    #[arg(long, value_name = "LOADER", requires = "env")]
    from: Option<String>,
    /// Let suites and environments name files outside of the folders that they are in
    #[arg(long)]
    allow_outside: bool,
    /// The type of the policies that are given by path; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// The mildest severity of a finding that ends in exit code 1 [default: medium, or what polsim.toml says]
    #[arg(long, value_name = "SEVERITY", value_parser = severity())]
    fail_on: Option<Severity>,
    /// Also claim of each resource of the environments that nobody who is not signed in may do anything with it
    #[arg(long)]
    not_public: bool,
    /// What the review is about, in words
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The day of the review, which expiries are held against [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
    /// The file to write, whole or not at all; its ending (.html, .md, .json) says the form where --format does not
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn severity() -> impl clap::builder::TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::as_str)).try_map(|word| word.parse::<Severity>())
}

pub(crate) fn day(text: &str) -> Result<String, String> {
    let day: jiff::civil::Date = text.parse().map_err(|_| "a day is written as 2026-11-24".to_owned())?;
    Ok(day.to_string())
}

/// Today, in UTC.
pub(crate) fn today() -> String {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date().to_string()
}

/// Writes or prints the review.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Ended {
    let form = match form(arguments, output.format) {
        Ok(form) => form,
        Err(entry) => return Ended::Report(Box::new(Report::bad_input(Verb::Review, vec![*entry]))),
    };
    let question = ReportOf {
        paths: arguments.paths.clone(),
        environment: arguments.env.as_ref().map(|origin| EnvironmentOrigin {
            origin: origin.clone(),
            allow_outside: arguments.allow_outside,
            from: arguments.from.clone(),
        }),
        allow_outside: arguments.allow_outside,
        policy_type: arguments.policy_type,
        not_public: arguments.not_public,
        title: arguments.title.clone(),
        date: arguments.date.clone().unwrap_or_else(today),
        fail_on: arguments.fail_on,
    };
    let Reviewed { review, mut report, problems } = review(&question, &Reader::that_remembers());
    let text = form.render(&review);
    let Some(file) = &arguments.output else {
        let printed = output::print_text(&text);
        return Ended::Printed(if printed == Exit::Holds { report.exit } else { printed });
    };
    match output::write_whole(file, &text) {
        Ok(()) => {
            report.notes.push(format!("the review was written to {}", file.display()));
            report.entries = problems;
            // What is told here is how it went; the form was that of the file.
            let said = Output { format: Format::Text, ..*output };
            Ended::Printed(output::print(&report, &said))
        }
        Err(error) => Ended::Report(Box::new(output::cannot_write(Verb::Review, file, &error))),
    }
}

/// The forms of a review.
#[derive(Clone, Copy, Debug)]
enum Form {
    Html,
    Markdown,
    Json,
}

impl Form {
    fn render(self, review: &Review) -> String {
        match self {
            Self::Html => to_html(review),
            Self::Markdown => to_review_markdown(review),
            Self::Json => to_review_json(review),
        }
    }
}

/// What `--format` says, else what the ending of the file does.
fn form(arguments: &Arguments, format: Format) -> Result<Form, Box<Entry>> {
    let ending = arguments.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    match (format, ending.map(str::to_ascii_lowercase).as_deref()) {
        (Format::Html, _) | (Format::Text, Some("html" | "htm")) => Ok(Form::Html),
        (Format::Markdown, _) | (Format::Text, Some("md" | "markdown")) => Ok(Form::Markdown),
        (Format::Json, _) | (Format::Text, Some("json")) => Ok(Form::Json),
        (_, _) => Err(Box::new(
            Entry::new(Level::Error, "a review is HTML, Markdown or JSON").with_code("INP029").with_help(
                "`-o report.html`, `-o report.md`, `-o report.json`, or `--format html`, `markdown`, `json`",
            ),
        )),
    }
}
