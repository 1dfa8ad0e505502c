//! Suites below folders.

use polsim_report::{Entry, Level};
use std::path::{Path, PathBuf};

/// Suites by their paths, and what keeps some from being found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: Vec<PathBuf>,
    pub(super) wrong: Vec<Entry>,
}

/// Folders that hold what others made.
const NOT_OURS: [&str; 2] = ["node_modules", "target"];

/// The suites that are named, and those below folders that are named: `*.polsim.yaml` and `*.polsim.yml`, in order. Hidden
/// folders are left out.
pub(super) fn suites(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            let before = found.files.len();
            below(path, &mut found);
            if found.files.len() == before && found.wrong.is_empty() {
                let sentence = format!("there is no suite below {}", path.display());
                let entry = Entry::new(Level::Error, sentence).with_code("INP030");
                found.wrong.push(entry.with_help(
                    "suites are files called `*.polsim.yaml`; docs/suites.md says what is in them",
                ));
            }
        } else {
            found.files.push(path.clone());
        }
    }
    found.files.sort();
    found.files.dedup();
    found
}

/// Whether a file is called as suites are.
pub(super) fn is_suite(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [".polsim.yaml", ".polsim.yml"].iter().any(|ending| name.ends_with(ending))
}

fn below(folder: &Path, found: &mut Found) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let sentence = format!("{} cannot be read: {error}", folder.display());
            found.wrong.push(Entry::new(Level::Error, sentence).with_code("INP003"));
            return;
        }
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Links are not followed into, so that no folder is read for ever.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let path = if folder == Path::new(".") { PathBuf::from(&name) } else { entry.path() };
        if is_folder && !name.starts_with('.') && !NOT_OURS.contains(&name.as_str()) {
            below(&path, found);
        } else if !is_folder && is_suite(&path) {
            found.files.push(path);
        }
    }
}
