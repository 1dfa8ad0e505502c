//! `polsim completions`

use crate::output;
use clap::{Args, Command, ValueEnum};
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
    Powershell,
    Zsh,
}

/// Prints the script.
pub(crate) fn run(arguments: &Arguments, program: Command) -> Exit {
    output::print_text(&script(arguments.shell, program))
}

fn script(shell: Shell, program: Command) -> String {
    match shell {
        Shell::Bash => generated(aot::Bash, program),
        Shell::Elvish => generated(aot::Elvish, program),
        Shell::Fish => generated(aot::Fish, program),
        Shell::Nushell => generated(clap_complete_nushell::Nushell, program),
        Shell::Powershell => generated(aot::PowerShell, program),
        Shell::Zsh => generated(aot::Zsh, program),
    }
}

fn generated(by: impl aot::Generator, mut program: Command) -> String {
    let mut script = Vec::new();
    aot::generate(by, &mut program, "polsim", &mut script);
    // The generators write names and help texts of ours, which are text.
    String::from_utf8_lossy(&script).into_owned()
}
