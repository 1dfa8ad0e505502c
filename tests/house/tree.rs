//! The files of the checkout.

#![expect(clippy::disallowed_methods, reason = "the house is a folder of files")]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of a crate.
pub(crate) struct SourceFile {
    /// Its path from the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap()
}

/// The text of a file, by its path from the root.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The folders of the crates, which bear the names of the crates.
pub(crate) fn crate_names() -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().into_string().unwrap());
        }
    }
    names.sort();
    names
}

/// The files under `src` of a crate, in order.
pub(crate) fn sources(crate_name: &str) -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&root().join("crates").join(crate_name).join("src"), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The files under `src` of all crates.
pub(crate) fn all_sources() -> Vec<SourceFile> {
    crate_names().iter().flat_map(|name| sources(name)).collect()
}

fn collect(folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let from_root = path.strip_prefix(root()).unwrap();
            let names: Vec<_> = from_root.iter().map(|name| name.to_string_lossy()).collect();
            files.push(SourceFile { path: names.join("/"), text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// Fails with a list, one item a line, unless it is empty.
pub(crate) fn assert_none(broken: &[String], promise: &str) {
    assert!(broken.is_empty(), "{promise}:\n  {}", broken.join("\n  "));
}
