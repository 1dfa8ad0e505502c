//! What the reader's terminal can do. The only place that reads the environment.

use crate::args::ColorWhen;
use polsim_report::{Colour, Drawing, Look};
use std::io::IsTerminal;

/// The columns of a text that goes into a file or another program.
const PIPED_WIDTH: usize = 100;

/// Below this a text is folded too small to be read; the terminal may wrap it.
const NARROWEST: usize = 24;

/// How to draw on a stream.
pub(crate) fn look(stream: &(impl IsTerminal + Columns), color: ColorWhen) -> Look {
    let is_terminal = stream.is_terminal();
    let colour = match color {
        ColorWhen::Always => Colour::Ansi,
        ColorWhen::Never => Colour::None,
        ColorWhen::Auto if is_set("NO_COLOR") => Colour::None,
        ColorWhen::Auto if is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE") => Colour::Ansi,
        ColorWhen::Auto if is_terminal && variable("TERM").as_deref() != Some("dumb") => Colour::Ansi,
        ColorWhen::Auto => Colour::None,
    };
    // Who asks for colour in a pipe has a pager behind it.
    let draws = is_terminal || colour == Colour::Ansi;
    let drawing = if draws && speaks_unicode() { Drawing::Unicode } else { Drawing::Ascii };
    let stated = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let width = stated.or_else(|| stream.columns()).unwrap_or(PIPED_WIDTH).max(NARROWEST);
    Look { width, colour, drawing }
}

/// A stream that may have a width.
pub(crate) trait Columns {
    /// The columns of the terminal that it goes to.
    fn columns(&self) -> Option<usize>;
}

impl Columns for std::io::Stdout {
    fn columns(&self) -> Option<usize> {
        terminal_size::terminal_size_of(self).map(|(width, _)| usize::from(width.0))
    }
}

impl Columns for std::io::Stderr {
    fn columns(&self) -> Option<usize> {
        terminal_size::terminal_size_of(self).map(|(width, _)| usize::from(width.0))
    }
}

fn speaks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).unwrap_or_default();
    let folded = locale.to_ascii_lowercase();
    folded.contains("utf-8") || folded.contains("utf8") || cfg!(any(windows, target_os = "macos"))
}

fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| value != "0")
}

/// A variable of the environment that is set to something.
#[expect(clippy::disallowed_methods, reason = "the environment is read in the faces")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
