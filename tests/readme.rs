//! The README shows what the program prints: every console block that begins with `$ polsim …` and shows an answer is
//! run again and compared. `POLSIM_BLESS=1 cargo test --test readme` writes the answers anew.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test reads and writes the README, and stops at the first surprise"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const FENCE: &str = "```";

/// The words of a command line; quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn answer(command: &str, root: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_polsim"))
        .args(words(command))
        .current_dir(root)
        .env_clear()
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let mut fresh = String::new();
    let mut rest = readme.as_str();
    let mut ran = 0;
    while let Some(begin) = rest.find("```console\n$ polsim ") {
        let body = begin + "```console\n$ polsim ".len();
        let end = body + rest[body..].find(FENCE).unwrap();
        let (command, _) = rest[body..end].split_once('\n').unwrap();
        fresh.push_str(&rest[..begin]);
        if command.ends_with('\\') {
            // A command that goes on, shown without its answer.
            fresh.push_str(&rest[begin..end + FENCE.len()]);
        } else {
            ran += 1;
            write!(fresh, "```console\n$ polsim {command}\n{}\n{FENCE}", answer(command, &root)).unwrap();
        }
        rest = &rest[end + FENCE.len()..];
    }
    fresh.push_str(rest);
    println!("{ran} commands of the README ran");
    assert!(ran >= 4);
    if std::env::var("POLSIM_BLESS").is_ok() {
        std::fs::write(&path, &fresh).unwrap();
    } else {
        assert!(
            fresh == readme,
            "the README is out of date: POLSIM_BLESS=1 cargo test --test readme\n{fresh}"
        );
    }
}
