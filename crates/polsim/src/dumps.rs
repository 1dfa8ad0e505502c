//! Files that policies come from: read, and handed to the loaders that know them.

use crate::read::{Origin, ReadError, Reader};
use polsim_env::load::{self, Diagnosis, Form, Loaded, Loader, Text};
use polsim_env::{Problem, ProblemKind, Unavailable};
use polsim_report::{Entry, Level};
use polsim_text::{Limits, Source};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The largest dump that is read. Its tree takes some times its size in memory while it is looked through.
pub(crate) const MAX_DUMP_BYTES: usize = 256 * 1024 * 1024;

/// The most that is read for one question, from however many files.
const MAX_BYTES_IN_ALL: usize = 1024 * 1024 * 1024;

/// The endings of files that loaders may know.
const ENDINGS: [&str; 6] = ["json", "yaml", "yml", "template", "tf", "tfstate"];

/// Values of parameters of templates, by name.
pub(crate) type Parameters = BTreeMap<String, String>;

/// The loader of a name that somebody wrote.
pub(crate) fn loader(name: Option<&str>) -> Result<Option<&'static dyn Loader>, Vec<Entry>> {
    let Some(name) = name else { return Ok(None) };
    match load::loader(name) {
        Some(loader) => Ok(Some(loader)),
        None => {
            let names: Vec<&str> = load::LOADERS.iter().map(|loader| loader.name()).collect();
            let entry = Entry::new(Level::Error, format!("there is no loader `{name}`")).with_code("INP026");
            Err(vec![entry.with_help(format!("the loaders are {}", names.join(", ")))])
        }
    }
}

/// The limits of a text that may be a dump.
pub(crate) fn wider(limits: &Limits) -> Limits {
    Limits { max_bytes: MAX_DUMP_BYTES.max(limits.max_bytes), ..*limits }
}

/// Reads files, all that can be read, and says what is wrong with the others. What lies in a folder and is known to no
/// loader is a note.
pub(crate) fn read_files(
    files: &[PathBuf],
    are_from_folder: bool,
    given: Option<&'static dyn Loader>,
    reader: &Reader,
) -> (Loaded, Vec<Entry>) {
    let mut wrong = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    let mut total = 0;
    for path in files {
        match reader.read_up_to(&Origin::File(path.clone()), MAX_DUMP_BYTES) {
            Ok(source) => {
                total += source.text().len();
                if total > MAX_BYTES_IN_ALL {
                    let sentence =
                        format!("the files have more than {} MiB together", MAX_BYTES_IN_ALL >> 20);
                    wrong.push(Entry::new(Level::Error, sentence).with_code("INP004"));
                    break;
                }
                sources.push(source);
            }
            Err(error) => wrong.push(error.entry()),
        }
    }
    let limits = wider(reader.limits());
    let parameters = reader.parameters();
    let load = |source: &Source| {
        let text = Text::read(source, &limits).with_parameters(parameters.clone());
        load_one(&text, are_from_folder, given)
    };
    let read: Vec<Loaded> = sources.par_iter().map(load).collect();
    let mut loaded = Loaded::default();
    for part in read {
        loaded.append(part);
    }
    (loaded, wrong)
}

/// What a loader finds in a text; `None` when it is policies by themselves in JSON, or nothing that is known, which is
/// told best by whoever reads policies.
pub(crate) fn found_in(source: &Source, limits: &Limits, parameters: &Parameters) -> Option<Loaded> {
    let text = Text::read(source, &wider(limits)).with_parameters(parameters.clone());
    let loader = load::detect(&text)?;
    let is_policy = loader.name() == "policy" && text.form() == Form::Json;
    (!is_policy).then(|| load::load_text(&text, None))
}

fn load_one(text: &Text, is_from_folder: bool, given: Option<&'static dyn Loader>) -> Loaded {
    let mut loaded = load::load_text(text, given);
    if is_from_folder && given.is_none() {
        let is_unknown = |problem: &Problem| problem.kind == ProblemKind::Load(Diagnosis::Unrecognized);
        let (unknown, problems) = loaded.problems.into_iter().partition(is_unknown);
        loaded.problems = problems;
        let unknown: Vec<Problem> = unknown;
        loaded.notes.extend(unknown.into_iter().take(1));
    }
    loaded
}

/// The files below a folder that loaders may know, in the order of their names. Hidden files and folders are left out,
/// and links are not followed.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Vec<Entry>> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let wrong = |error: std::io::Error| {
            let sentence = format!("{} cannot be read: {error}", folder.display());
            vec![Entry::new(Level::Error, sentence).with_code("INP003")]
        };
        for entry in std::fs::read_dir(&folder).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let kind = entry.file_type().map_err(wrong)?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && may_be_known(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn may_be_known(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The path of a file that another file names. One that leads out of that file's folder, also by a link, is refused
/// unless that is allowed.
pub(crate) fn named_in(folder: &Path, path: &str, allow_outside: bool) -> Result<PathBuf, Unavailable> {
    let joined = folder.join(path);
    let own = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if !allow_outside {
        let refused = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Unavailable::NotFound,
            _ => Unavailable::Other(error.to_string()),
        };
        let real = joined.canonicalize().map_err(refused)?;
        let root = own.canonicalize().map_err(refused)?;
        if !real.starts_with(root) {
            return Err(Unavailable::Outside);
        }
    }
    Ok(joined)
}

/// Why a text that another file names is not to be had.
pub(crate) fn unavailable(error: ReadError) -> Unavailable {
    match error {
        ReadError::Missing(_) => Unavailable::NotFound,
        ReadError::NotUtf8 { offset, .. } => Unavailable::NotUtf8 { offset },
        other => Unavailable::Other(other.to_string()),
    }
}
