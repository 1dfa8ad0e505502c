//! Lists of who can do what on their way out, and the progress of long runs.

use crate::args::{Format, Output};
use crate::output;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use polsim_report::{Entry, Exit, Level, Listing, Report, Verb};
use std::io::IsTerminal as _;

/// A bar on a terminal's standard error; nothing elsewhere.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::hidden();
        if std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} questions") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// How many questions were answered, and of how many.
    pub(crate) fn tell(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }

    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// Prints a list in the form that is wanted.
pub(crate) fn print(found: Result<Listing, Vec<Entry>>, verb: Verb, how: &Output) -> Exit {
    let listing = match found {
        Ok(listing) => listing,
        Err(entries) => return output::print(&Report::bad_input(verb, entries), how),
    };
    let ended = |printed: Exit| printed.and(listing.exit());
    match how.format {
        Format::Json => ended(output::print_text(&listing.to_json())),
        Format::Csv => match listing.to_csv() {
            Ok(text) => ended(output::print_text(&text)),
            Err(error) => {
                let sentence = format!("the list cannot be written as CSV: {error}");
                output::print(&Report::bad_input(verb, vec![Entry::new(Level::Error, sentence)]), how)
            }
        },
        _ => output::print(&listing.report(), how),
    }
}
