//! From what people name to files: a file, all policies in a folder, a glob, standard input.

use crate::read::Origin;
use globset::{GlobBuilder, GlobMatcher};
use polsim_report::{Entry, Level};
use std::io;
use std::path::{Path, PathBuf};

/// A file that is linted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// The file.
    pub(crate) origin: Origin,
    /// How it was named.
    pub(crate) named: Named,
}

/// How a file was named. What only lies in a folder may be no policy at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// By itself.
    Itself,
    /// By a folder or a glob.
    Among,
}

/// The files that the arguments name, each once, in the order of the arguments and of their names.
pub(crate) fn expand(arguments: &[PathBuf]) -> Result<Vec<Input>, Box<Entry>> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut add = |input: Input| {
        if !inputs.iter().any(|other| other.origin == input.origin) {
            inputs.push(input);
        }
    };
    for argument in arguments {
        let text = argument.to_string_lossy();
        if argument == Path::new("-") || argument.is_file() {
            add(Input { origin: Origin::of(argument), named: Named::Itself });
        } else if argument.is_dir() {
            let is_json =
                |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
            walk(argument, &is_json)?.into_iter().for_each(&mut add);
        } else if text.contains(['*', '?', '[', '{']) {
            let glob =
                matcher(&text).map_err(|error| wrong("INP021", format!("`{text}` is no glob: {error}")))?;
            let before = text.find(['*', '?', '[', '{']).and_then(|at| text.get(..at)).unwrap_or("");
            let folder = before.rfind('/').and_then(|at| before.get(..=at)).unwrap_or("");
            let folder = if folder.is_empty() { Path::new(".") } else { Path::new(folder) };
            let is_meant = |path: &Path| glob.is_match(path.strip_prefix("./").unwrap_or(path));
            let found = walk(folder, &is_meant)?;
            if found.is_empty() {
                return Err(wrong("INP022", format!("no file matches `{text}`")));
            }
            found.into_iter().for_each(&mut add);
        } else {
            // The reader says what is wrong with it.
            add(Input { origin: Origin::of(argument), named: Named::Itself });
        }
    }
    Ok(inputs)
}

fn wrong(code: &'static str, sentence: String) -> Box<Entry> {
    Box::new(Entry::new(Level::Error, sentence).with_code(code))
}

/// A glob on paths: `*` and `?` stay within a folder, `**` does not.
pub(crate) fn matcher(glob: &str) -> Result<GlobMatcher, globset::Error> {
    let glob = glob.strip_prefix("./").unwrap_or(glob);
    Ok(GlobBuilder::new(glob).literal_separator(true).build()?.compile_matcher())
}

/// The files below a folder, hidden folders left out; symbolic links are not followed into folders.
fn walk(folder: &Path, is_meant: &dyn Fn(&Path) -> bool) -> Result<Vec<Input>, Box<Entry>> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        list(&folder, &mut folders, &mut found, is_meant)
            .map_err(|error| wrong("INP003", format!("{} cannot be read: {error}", folder.display())))?;
    }
    found.sort();
    let input = |path: PathBuf| Input { origin: Origin::File(path), named: Named::Among };
    Ok(found.into_iter().map(input).collect())
}

fn list(
    folder: &Path,
    folders: &mut Vec<PathBuf>,
    found: &mut Vec<PathBuf>,
    is_meant: &dyn Fn(&Path) -> bool,
) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !is_hidden {
                folders.push(path);
            }
        } else if is_meant(&path) {
            found.push(path);
        }
    }
    Ok(())
}
