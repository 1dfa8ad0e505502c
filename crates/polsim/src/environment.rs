//! Environment files: read with the policies that they name, ready for questions.

use crate::dumps;
use crate::read::{Origin, Reader};
use crate::request_text::RequestText;
use polsim_arn::ActionName;
use polsim_env::load::{Loaded, Text, detect, load_text, loader, merge};
use polsim_env::question::{Ask, Bound, Unknown};
use polsim_env::schema::{DumpRef, EnvironmentFile};
use polsim_env::{Environment, Problem, ProblemKind, Referent};
use polsim_report::from::words;
use polsim_report::{Entry, Level, Library, Place, PolicyText};
use polsim_text::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where an environment is.
#[derive(Clone, Debug)]
pub struct EnvironmentOrigin {
    /// An environment file, a dump, or a folder of dumps.
    pub origin: Origin,
    /// Whether it may name files outside of the folder that it is in.
    pub allow_outside: bool,
    /// The loader that reads it, by name; else the one that knows it.
    pub from: Option<String>,
}

/// An environment with the texts of its policies.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) environment: Environment,
    pub(crate) library: Library,
    /// What the files that it was made from leave open.
    pub(crate) notes: Vec<String>,
}

/// The most notes about files; how many more there are is told.
const MAX_NOTES: usize = 20;

/// Reads an environment and its policies.
pub(crate) fn load(from: &EnvironmentOrigin, reader: &Reader) -> Result<World, Vec<Entry>> {
    load_beside(from, None, reader)
}

/// Reads an environment into the model of another one.
pub(crate) fn load_beside(
    from: &EnvironmentOrigin,
    beside: Option<&Environment>,
    reader: &Reader,
) -> Result<World, Vec<Entry>> {
    build(Parts::read(from, reader)?, from.allow_outside, beside, reader)
}

/// An environment that is written inside of another file, whose folder its paths are relative to.
pub(crate) fn load_inline(
    main: &Source,
    own: EnvironmentFile,
    allow_outside: bool,
    beside: Option<&Environment>,
    reader: &Reader,
) -> Result<World, Vec<Entry>> {
    let folder = Path::new(main.name()).parent().unwrap_or(Path::new("")).to_owned();
    let parts =
        Parts { main: main.clone(), own: Some(own), folder, loaded: Loaded::default(), wrong: Vec::new() };
    build(parts, allow_outside, beside, reader)
}

fn build(
    parts: Parts,
    allow_outside: bool,
    beside: Option<&Environment>,
    reader: &Reader,
) -> Result<World, Vec<Entry>> {
    let mut problems: Vec<Entry> = parts.wrong;
    problems.extend(parts.loaded.problems.iter().map(entry));
    let mut notes = parts.loaded.notes;
    let merged = merge(parts.loaded.facts, &parts.main, parts.own);
    problems.extend(merged.problems.iter().map(entry));
    if !problems.is_empty() {
        problems.truncate(reader.limits().max_problems.max(1));
        return Err(problems);
    }
    notes.extend(merged.notes);
    let open = |path: &str| {
        let path = dumps::named_in(&parts.folder, path, allow_outside)?;
        reader.read(&Origin::File(path)).map_err(dumps::unavailable)
    };
    let environment = Environment::build_merged(&merged.atlas, &merged.file, reader.limits(), &open, beside)
        .map_err(|problems| problems.iter().map(entry).collect::<Vec<_>>())?;
    notes.extend(environment.left_out().iter().cloned());
    let library = library(&environment);
    Ok(World { environment, library, notes: told(&notes) })
}

/// What an environment is made from.
struct Parts {
    /// The environment file, or what stands for it.
    main: Source,
    own: Option<EnvironmentFile>,
    /// What paths are relative to.
    folder: PathBuf,
    loaded: Loaded,
    wrong: Vec<Entry>,
}

impl Parts {
    fn read(from: &EnvironmentOrigin, reader: &Reader) -> Result<Self, Vec<Entry>> {
        let given = dumps::loader(from.from.as_deref())?;
        let path = match &from.origin {
            Origin::File(path) => path.as_path(),
            Origin::Stdin | Origin::Text { .. } => Path::new(""),
        };
        if path.is_dir() {
            let files = dumps::files_below(path)?;
            let (loaded, mut wrong) = dumps::read_files(&files, true, given, reader);
            if loaded.facts.is_empty() && loaded.problems.is_empty() && wrong.is_empty() {
                let sentence = format!("no file in {} tells who exists", path.display());
                let entry = Entry::new(Level::Error, sentence).with_code("INP027");
                wrong.push(
                    entry.with_help("docs/loaders.md lists what is read, and the commands that print it"),
                );
            }
            let main = Source::new(path.display().to_string(), "");
            return Ok(Self { main, own: None, folder: path.to_owned(), loaded, wrong });
        }
        let main =
            reader.read_up_to(&from.origin, dumps::MAX_DUMP_BYTES).map_err(|error| vec![error.entry()])?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let text =
            Text::read(&main, &dumps::wider(reader.limits())).with_parameters(reader.parameters().clone());
        if given.is_some() || detect(&text).is_some() {
            let loaded = load_text(&text, given);
            return Ok(Self { main, own: None, folder, loaded, wrong: Vec::new() });
        }
        drop(text);
        let (own, problems) = EnvironmentFile::parse(&main, reader.limits());
        let Some(own) = own else { return Err(problems.iter().map(entry).collect()) };
        let mut parts = Self { main, own: None, folder, loaded: Loaded::default(), wrong: Vec::new() };
        for dump in own.from.iter().flatten() {
            parts.add(dump, from.allow_outside, reader);
        }
        Ok(Self { own: Some(own), ..parts })
    }

    /// Adds a dump that the environment file names.
    fn add(&mut self, dump: &DumpRef, allow_outside: bool, reader: &Reader) {
        let loader = dump.loader.as_ref().map(|name| (name, loader(&name.value)));
        let given = match loader {
            Some((name, None)) => {
                let near = None;
                let kind =
                    ProblemKind::UnknownName { what: Referent::Loader, name: name.value.clone(), near };
                self.loaded.problems.push(Problem::new(kind, &self.main, name.span));
                return;
            }
            known => known.and_then(|(_, loader)| loader),
        };
        let path = match dumps::named_in(&self.folder, &dump.path.value, allow_outside) {
            Ok(path) => path,
            Err(why) => {
                let kind = ProblemKind::NoText { path: dump.path.value.clone(), why };
                self.loaded.problems.push(Problem::new(kind, &self.main, dump.path.span));
                return;
            }
        };
        let is_folder = path.is_dir();
        let files = if is_folder { dumps::files_below(&path) } else { Ok(vec![path]) };
        match files {
            Ok(files) => {
                let (loaded, wrong) = dumps::read_files(&files, is_folder, given, reader);
                self.loaded.append(loaded);
                self.wrong.extend(wrong);
            }
            Err(wrong) => self.wrong.extend(wrong),
        }
    }
}

fn library(environment: &Environment) -> Library {
    let mut library = Library::default();
    for hung in environment.policies() {
        let mut text = PolicyText::new(hung.text().clone(), hung.policy.clone());
        if hung.is_inline() {
            let inline = hung.embedded().clone();
            text.locate = Some(Arc::new(move |span| (inline.host().clone(), inline.in_host(span))));
        }
        library.push(text);
    }
    library
}

/// Notes as sentences with their places.
pub(crate) fn told(notes: &[Problem]) -> Vec<String> {
    let sentence = |note: &Problem| {
        let line = note.file.position(note.span.start()).line;
        format!("{}:{line}: {note} ({})", note.file.name(), note.code())
    };
    let mut told: Vec<String> = notes.iter().take(MAX_NOTES).map(sentence).collect();
    if let Some(more @ 1..) = notes.len().checked_sub(MAX_NOTES) {
        told.push(format!("{} about what the files leave open, not shown", words::count(more, "more note")));
    }
    told
}

pub(crate) fn entry(problem: &Problem) -> Entry {
    let mut entry = Entry::new(Level::Error, problem.to_string())
        .with_code(problem.code())
        .at(Place::primary(&problem.file, problem.span));
    if let Some((span, label)) = problem.related {
        entry = entry.at(Place::other(&problem.file, span).saying(label));
    }
    match problem.help() {
        Some(help) => entry.with_help(help),
        None => entry,
    }
}

/// What is taken to hold where the environment says nothing.
pub(crate) fn taken_for(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::PoliciesOfPrincipal => {
            "the environment does not describe the principal's account: it is taken to have no policies of its own, which \
             can only deny"
        }
        Unknown::OwnerOfResource => {
            "nothing says who owns the resource: it is taken for the principal's account"
        }
        Unknown::PolicyOfResource => {
            "the environment does not describe the resource: it is taken to have no policy"
        }
        Unknown::TrustOfRole => {
            "the environment does not say who may assume the role: it is taken for nobody"
        }
        Unknown::PolicyOfEndpoint => {
            "the environment does not describe the endpoint: its policy is taken for AWS's own, which allows everything"
        }
    }
}

impl World {
    /// A request with the policies that bind it.
    pub(crate) fn bind(&self, text: &RequestText, is_closed: bool) -> Result<Bound<'_>, Vec<Entry>> {
        let wrong = |sentence: String, code| vec![Entry::new(Level::Error, sentence).with_code(code)];
        let action = ActionName::parse(&text.action).map_err(|error| {
            wrong(format!("`{}` is not the action of a request: {error}", text.action), "INP011")
        })?;
        let ask = Ask {
            principal: &text.principal,
            action,
            resource: text.resource.as_deref().unwrap_or("*"),
            resource_account: text.resource_account.as_deref(),
            via: text.via.as_deref(),
            context: text.stated(is_closed)?,
        };
        self.environment.bind(&ask).map_err(|error| wrong(error.to_string(), "INP021"))
    }
}
