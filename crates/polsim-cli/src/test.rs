//! `polsim test`

use crate::args::{EXIT_CODES, Format, Output};
use crate::look::look;
use crate::output;
use crate::report::{day, today};
use clap::Args;
use polsim::Reader;
use polsim::test::{Test, test};
use polsim_report::{
    Exit, Tested, draw_tested, to_access_analyzer, to_github, to_junit, to_markdown, to_sarif, to_tap,
    to_tested_json,
};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

const EXAMPLES: &str = "\
Examples:
  polsim test                                  # all suites below this folder
  polsim test tests/perimeter.polsim.yaml --filter packages
  polsim test --coverage --coverage-min 90
  polsim test --mutate
  polsim test --format junit > report.xml

A suite is a file called `*.polsim.yaml`; docs/suites.md says what is in it, and
`polsim init` writes a first one.";

/// How long to wait between two looks at files that are watched.
const PAUSE: Duration = Duration::from_millis(300);

/// Do the cases of suites hold? What fails is shown with a request and the statements that decide it
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Suites, and folders with suites (`*.polsim.yaml`)
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Run the cases only that have this in their name, or have it as a tag; several are alternatives
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// Stop after the first case that fails
    #[arg(long)]
    fail_fast: bool,
    /// Run again whenever one of the files changes
    #[arg(long)]
    watch: bool,
    /// Let suites and environments name files outside of the folder that they are in
    #[arg(long)]
    allow_outside: bool,
    /// Today, which the ends of skips are held against [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
    /// Tell which statements, and which elements of them, no case exercises
    #[arg(long)]
    coverage: bool,
    /// The least coverage that is good enough; less is exit code 1
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    coverage_min: Option<u8>,
    /// Change each statement in turn, and tell which changes no case notices
    #[arg(long)]
    mutate: bool,
}

/// Runs suites, once or whenever their files change.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Exit {
    loop {
        let begun = Instant::now();
        let question = Test {
            paths: arguments.paths.clone(),
            filter: arguments.filter.clone(),
            fail_fast: arguments.fail_fast,
            allow_outside: arguments.allow_outside,
            today: arguments.date.clone().unwrap_or_else(today),
            coverage: arguments.coverage,
            least: arguments.coverage_min,
            mutate: arguments.mutate,
        };
        let outcome = test(&question, &Reader::that_remembers());
        let exit = print(&outcome.tested, output);
        if output.format == Format::Text {
            let _ = writeln!(std::io::stderr(), "took {:.2} s", begun.elapsed().as_secs_f64());
        }
        if !arguments.watch {
            return exit;
        }
        let watched: Vec<PathBuf> = outcome.files.iter().chain(&arguments.paths).cloned().collect();
        wait(&watched);
    }
}

/// Waits until a file is another one than it was.
fn wait(files: &[PathBuf]) {
    let stamps = || -> Vec<Option<SystemTime>> { files.iter().map(|file| stamp(file)).collect() };
    let before = stamps();
    while stamps() == before {
        std::thread::sleep(PAUSE);
    }
}

fn stamp(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|metadata| metadata.modified()).ok()
}

fn print(tested: &Tested, output: &Output) -> Exit {
    let exit = tested.exit();
    let text = match output.format {
        Format::Text => draw_tested(tested, &look(&std::io::stdout(), output.color)),
        Format::Json => to_tested_json(tested),
        Format::Junit => to_junit(&tested.whole()),
        Format::Tap => to_tap(&tested.whole()),
        Format::Markdown => to_markdown(&tested.whole()),
        Format::Github => to_github(&tested.report()),
        Format::Sarif => to_sarif(&tested.report()),
        Format::AccessAnalyzer => to_access_analyzer(&tested.report()),
        // Refused with the words that all verbs have for it.
        Format::Html | Format::Csv => return output::print(&tested.report(), output),
    };
    if output::print_text(&text) == Exit::BadInput { Exit::BadInput } else { exit }
}
