//! `polsim man`

use crate::output;
use clap::{Args, Command};
use clap_mangen::Man;
use polsim_report::{Exit, Report, Verb};
use std::io;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  polsim man | man -l -
  polsim man ~/.local/share/man/man1";

/// The manual pages: one of polsim itself, and one of each verb
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder for all pages, which must exist; without it the page of polsim itself is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints one page or writes all.
pub(crate) fn run(arguments: &Arguments, program: Command) -> Result<Exit, Box<Report>> {
    let cannot = |file: &PathBuf, error: &io::Error| Box::new(output::cannot_write(Verb::Man, file, error));
    let Some(folder) = &arguments.folder else {
        let page = page(&program).map_err(|error| cannot(&PathBuf::from("<stdout>"), &error))?;
        return Ok(output::print_text(&page));
    };
    for (name, command) in commands(program) {
        let file = folder.join(format!("{name}.1"));
        page(&command)
            .and_then(|page| output::write_whole(&file, &page))
            .map_err(|error| cannot(&file, &error))?;
    }
    Ok(Exit::Holds)
}

/// The program and its verbs, each under the name of its page.
fn commands(mut program: Command) -> Vec<(String, Command)> {
    // Building hands the options of the program on to its verbs.
    program.build();
    let verbs = program.get_subcommands().map(|verb| (format!("polsim-{}", verb.get_name()), verb.clone()));
    let verbs: Vec<_> = verbs.collect();
    std::iter::once(("polsim".to_owned(), program)).chain(verbs).collect()
}

fn page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    String::from_utf8(page).map_err(io::Error::other)
}
