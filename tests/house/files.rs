//! Source files are short, begin with a doc of their module, and have names that say what is in them.

use crate::tree::{self, assert_none};

/// No file is longer.
const LONGEST: usize = 600;
/// From here on a file has to be asked what its second idea is.
const LONG: usize = 400;

/// Names under which anything could be kept.
const EMPTY_NAMES: [&str; 7] = ["common", "helper", "helpers", "manager", "types", "util", "utils"];

#[test]
fn no_source_file_is_too_long() {
    let files = tree::all_sources();
    let mut sizes: Vec<(usize, &str)> =
        files.iter().map(|file| (file.text.lines().count(), file.path.as_str())).collect();
    sizes.sort_by(|a, b| b.cmp(a));
    let total: usize = sizes.iter().map(|(lines, _)| lines).sum();
    let median = sizes[sizes.len() / 2].0;
    println!("{} files, {total} lines, median {median}", sizes.len());
    for (lines, path) in sizes.iter().filter(|(lines, _)| *lines > LONG) {
        println!("  over {LONG}: {path}, {lines} lines");
    }
    let broken: Vec<String> = sizes
        .iter()
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert_none(&broken, &format!("files longer than {LONGEST} lines"));
}

#[test]
fn every_source_file_begins_with_a_module_doc() {
    let files = tree::all_sources();
    println!("{} files", files.len());
    let broken: Vec<String> = files
        .iter()
        .filter(|file| !file.text.lines().next().is_some_and(|line| line.starts_with("//! ")))
        .map(|file| file.path.clone())
        .collect();
    assert_none(&broken, "files whose first line is no module doc (`//! `)");
}

#[test]
fn no_file_has_an_empty_name() {
    let files = tree::all_sources();
    println!("{} files", files.len());
    let broken: Vec<String> = files
        .iter()
        .filter(|file| {
            let mut names = file.path.trim_end_matches(".rs").split('/');
            names.any(|name| EMPTY_NAMES.iter().any(|empty| name.split('_').any(|part| part == *empty)))
        })
        .map(|file| file.path.clone())
        .collect();
    assert_none(&broken, "files with a name that says nothing");
}
