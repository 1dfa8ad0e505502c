//! Environment files: read with the policies that they name, ready for questions.

use crate::read::{Origin, ReadError, Reader};
use crate::request_text::RequestText;
use polsim_arn::ActionName;
use polsim_env::question::{Ask, Bound, Unknown};
use polsim_env::schema::EnvironmentFile;
use polsim_env::{Environment, Problem, Unavailable};
use polsim_report::{Entry, Level, Library, Place, PolicyText};
use polsim_text::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where an environment is.
#[derive(Clone, Debug)]
pub struct EnvironmentOrigin {
    /// Its file.
    pub origin: Origin,
    /// Whether it may name policies outside of the folder that it is in.
    pub allow_outside: bool,
}

/// An environment with the texts of its policies.
pub(crate) struct World {
    pub(crate) environment: Environment,
    pub(crate) library: Library,
}

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
    let source = reader.read(&from.origin).map_err(|error| vec![error.entry()])?;
    let (file, problems) = EnvironmentFile::parse(&source, reader.limits());
    let Some(file) = file else { return Err(problems.iter().map(entry).collect()) };
    let folder = match &from.origin {
        Origin::File(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
        Origin::Stdin => PathBuf::new(),
    };
    let open = |path: &str| policy_text(&folder, path, from.allow_outside, reader);
    let environment = Environment::build_beside(&source, &file, reader.limits(), &open, beside)
        .map_err(|problems| problems.iter().map(entry).collect::<Vec<_>>())?;
    let mut library = Library::default();
    for hung in environment.policies() {
        let mut text = PolicyText::new(hung.text().clone(), hung.policy.clone());
        if hung.is_inline() {
            let inline = hung.clone();
            text.locate = Some(Arc::new(move |span| {
                let place = inline.place(span);
                (place.source, place.span)
            }));
        }
        library.push(text);
    }
    Ok(World { environment, library })
}

/// The text of a policy that an environment names. A path that leads out of its folder, also by a link, is refused
/// unless that is allowed.
fn policy_text(
    folder: &Path,
    path: &str,
    allow_outside: bool,
    reader: &Reader,
) -> Result<Source, Unavailable> {
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
    reader.read(&Origin::File(joined)).map_err(|error| match error {
        ReadError::Missing(_) => Unavailable::NotFound,
        ReadError::NotUtf8 { offset, .. } => Unavailable::NotUtf8 { offset },
        other => Unavailable::Other(other.to_string()),
    })
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
