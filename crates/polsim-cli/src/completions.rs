//! `polsim completions`

use crate::cli::Cli;
use crate::output;
use clap::{Args, CommandFactory as _, ValueEnum};
use clap_complete::aot;
use polsim_report::Exit;

const EXAMPLES: &str = "\
Examples:
  polsim completions bash > ~/.local/share/bash-completion/completions/polsim
  polsim completions zsh > ~/.zfunc/_polsim
  polsim completions fish > ~/.config/fish/completions/polsim.fish
  polsim completions nushell > polsim.nu";

/// A script that completes verbs and options in a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Nushell,
    #[value(name = "powershell")]
    PowerShell,
    Zsh,
}

/// Prints the script.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    output::print_text(&script(arguments.shell))
}

fn script(shell: Shell) -> String {
    match shell {
        Shell::Bash => generated(aot::Bash),
        Shell::Elvish => generated(aot::Elvish),
        Shell::Fish => generated(aot::Fish),
        Shell::Nushell => generated(clap_complete_nushell::Nushell),
        Shell::PowerShell => generated(aot::PowerShell),
        Shell::Zsh => generated(aot::Zsh),
    }
}

fn generated(by: impl aot::Generator) -> String {
    let mut script = Vec::new();
    aot::generate(by, &mut Cli::command(), "polsim", &mut script);
    // The generators write names and help texts of ours, which are text.
    String::from_utf8_lossy(&script).into_owned()
}
