//! A report on its way out.

use crate::args::{Format, Output};
use crate::look::look;
use polsim_report::{
    Entry, Exit, Level, Report, Run, Verb, draw, to_access_analyzer, to_github, to_json, to_junit,
    to_markdown, to_sarif, to_tap,
};
use std::io::{self, Write};
use std::path::Path;

/// Prints a report and says what the process ends with. Text about bad input goes to standard error, so that a pipe
/// gets answers only.
pub(crate) fn print(report: &Report, output: &Output) -> Exit {
    let written = match (output.format, report.exit) {
        (Format::Json, _) => write(io::stdout(), &to_json(report)),
        (Format::Sarif, _) => write(io::stdout(), &to_sarif(report)),
        (Format::Github, _) => write(io::stdout(), &to_github(report)),
        (Format::AccessAnalyzer, _) => write(io::stdout(), &to_access_analyzer(report)),
        (Format::Junit, _) => write(io::stdout(), &to_junit(&Run::of(report))),
        (Format::Tap, _) => write(io::stdout(), &to_tap(&Run::of(report))),
        (Format::Markdown, _) => write(io::stdout(), &to_markdown(&Run::of(report))),
        (Format::Html, _) => {
            let entry =
                Entry::new(Level::Error, "only `polsim report` has a page of HTML").with_code("INP029");
            let refused = Report::bad_input(report.verb, vec![entry]);
            let written = write(io::stderr(), &draw(&refused, &look(&io::stderr(), output.color)));
            return ended(written, Exit::BadInput);
        }
        (Format::Text | Format::Csv, Exit::BadInput) => {
            let text = draw(report, &look(&io::stderr(), output.color));
            write(io::stderr(), &text)
        }
        (Format::Csv, _) => {
            let sentence =
                format!("`--format csv` is for lists, and `polsim {}` prints none", report.verb.as_str());
            let refused = Entry::new(Level::Error, sentence).with_code("INP028");
            return print(&Report::bad_input(report.verb, vec![refused]), output);
        }
        (Format::Text, _) => {
            let text = draw(report, &look(&io::stdout(), output.color));
            write(io::stdout(), &text)
        }
    };
    ended(written, report.exit)
}

/// Prints plain lines.
pub(crate) fn print_lines(lines: &[String], exit: Exit) -> Exit {
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    ended(write(io::stdout(), &text), exit)
}

/// Prints a text as it is.
pub(crate) fn print_text(text: &str) -> Exit {
    ended(write(io::stdout(), text), Exit::Holds)
}

/// Writes a file whole or not at all: beside it first, then in its place.
#[expect(clippy::disallowed_methods, reason = "files are written in the faces")]
pub(crate) fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = file.with_file_name(name);
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// The report of a file that cannot be written.
pub(crate) fn cannot_write(verb: Verb, file: &Path, error: &io::Error) -> Report {
    let sentence = format!("{} cannot be written: {error}", file.display());
    Report::bad_input(verb, vec![Entry::new(Level::Error, sentence).with_code("INP026")])
}

/// What the process ends with.
fn ended(written: io::Result<()>, exit: Exit) -> Exit {
    match written {
        Ok(()) => exit,
        // Whoever closed the pipe has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        // On a full disk nobody would know what the other codes are about.
        Err(error) => {
            let _ = writeln!(io::stderr(), "polsim: the answer cannot be written: {error}");
            Exit::BadInput
        }
    }
}

fn write(mut to: impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}
