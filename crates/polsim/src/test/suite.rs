//! A suite with the environments that it is about, read from files.

use crate::dumps;
use crate::environment::{self, EnvironmentOrigin, World, load_inline};
use crate::read::{Origin, Reader};
use polsim_env::{Environment, Problem, Unavailable};
use polsim_report::{Entry, Place};
use polsim_suite::schema::EnvironmentSpec;
use polsim_suite::{Asked, Case, Plan, Worlds};
use polsim_text::Source;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// A suite with its environments.
#[derive(Debug)]
pub(crate) struct Suite {
    pub(crate) plan: Plan,
    /// The environment that it is about.
    pub(crate) world: World,
    /// The pairs that cases compare.
    compared: BTreeMap<(String, Option<String>), (Environment, Environment)>,
    /// The new side of each pair, with the texts of both.
    new_sides: BTreeMap<(String, Option<String>), World>,
}

impl Suite {
    /// Reads a suite.
    pub(crate) fn read(path: &Path, allow_outside: bool, reader: &Reader) -> Result<Self, Vec<Entry>> {
        let source = reader.read(&Origin::File(path.to_owned())).map_err(|error| vec![error.entry()])?;
        Self::of(&source, allow_outside, reader)
    }

    /// A suite whose text is there already.
    pub(crate) fn of(source: &Source, allow_outside: bool, reader: &Reader) -> Result<Self, Vec<Entry>> {
        let named = |from: &Source, path: &str| named_by(from, path, allow_outside);
        let texts = |from: &Source, path: &str| {
            reader.read(&Origin::File(named(from, path)?)).map_err(dumps::unavailable)
        };
        let plan = Plan::read(source, reader.limits(), &texts)
            .map_err(|problems| problems.iter().map(environment::entry).collect::<Vec<_>>())?;
        let Some((from, spec)) = &plan.environment else {
            let world = load_inline(
                source,
                polsim_env::schema::EnvironmentFile::default(),
                allow_outside,
                None,
                reader,
            )?;
            return Ok(Self { plan, world, compared: BTreeMap::new(), new_sides: BTreeMap::new() });
        };
        let unavailable = |path: &str, why: &Unavailable| {
            let kind = polsim_env::ProblemKind::Other {
                code: "SUI017",
                sentence: format!("the environment `{path}` cannot be read: {why}"),
                help: (*why == Unavailable::Outside).then(|| "`--allow-outside` lets it be read".to_owned()),
            };
            environment::entry(&Problem::new(kind, from, spec.span))
        };
        let origin =
            |from: &Source, path: &str, loader: Option<String>| -> Result<EnvironmentOrigin, Vec<Entry>> {
                let path = named(from, path).map_err(|why| vec![unavailable(path, &why)])?;
                Ok(EnvironmentOrigin { origin: Origin::File(path), allow_outside, from: loader })
            };
        let load = |beside: Option<&Environment>| match &spec.value {
            EnvironmentSpec::Load(load) => {
                let loader = load.from.as_ref().map(|loader| loader.value.clone());
                environment::load_beside(&origin(from, &load.file.value, loader)?, beside, reader)
            }
            EnvironmentSpec::Inline(file) => {
                load_inline(from, (**file).clone(), allow_outside, beside, reader)
            }
        };
        let world = load(None)?;
        let mut suite =
            Self { world, compared: BTreeMap::new(), new_sides: BTreeMap::new(), plan: plan.clone() };
        for case in &plan.cases {
            let Some(key) = pair_of(case).filter(|key| !suite.compared.contains_key(key)) else { continue };
            let at_case = |path: &str| {
                let path = named(source, path).map_err(|why| {
                    let kind = polsim_env::ProblemKind::Other {
                        code: "SUI017",
                        sentence: format!("the environment `{path}` cannot be read: {why}"),
                        help: None,
                    };
                    vec![environment::entry(&Problem::new(kind, source, case.span))]
                })?;
                Ok::<_, Vec<Entry>>(EnvironmentOrigin {
                    origin: Origin::File(path),
                    allow_outside,
                    from: None,
                })
            };
            let old = environment::load(&at_case(&key.0)?, reader)?;
            let new = match &key.1 {
                Some(path) => environment::load_beside(&at_case(path)?, Some(&old.environment), reader)?,
                None => load(Some(&old.environment))?,
            };
            suite.compared.insert(key.clone(), (old.environment, new.environment.clone()));
            suite.new_sides.insert(key, new);
        }
        Ok(suite)
    }

    /// The file that describes the environment: the suite itself, when it does; `None` when there is no environment.
    pub(crate) fn environment_path(&self) -> Option<String> {
        let (from, spec) = self.plan.environment.as_ref()?;
        Some(match &spec.value {
            EnvironmentSpec::Load(load) => {
                let folder = Path::new(from.name()).parent().unwrap_or(Path::new(""));
                tidy(&folder.join(&load.file.value)).display().to_string()
            }
            EnvironmentSpec::Inline(_) => from.name().to_owned(),
        })
    }

    /// The environments, as cases ask them.
    pub(crate) fn worlds(&self) -> Worlds<'_> {
        Worlds { environment: &self.world.environment, compared: &self.compared }
    }

    /// The environment that a case is about; of a comparison the new one, which has the texts of both.
    pub(super) fn world_of(&self, case: &Case) -> &World {
        pair_of(case).and_then(|key| self.new_sides.get(&key)).unwrap_or(&self.world)
    }
}

fn pair_of(case: &Case) -> Option<(String, Option<String>)> {
    match &case.asked {
        Asked::Compare { old, new, .. } => Some((old.clone(), new.clone())),
        Asked::Request { .. } | Asked::Claim { .. } => None,
    }
}

/// The file that another one names, relative to its folder. It has to be in the tree: in the folder where the program runs
/// when the file that names it is below that, else in the folder of that file.
fn named_by(from: &Source, path: &str, allow_outside: bool) -> Result<PathBuf, Unavailable> {
    let folder = Path::new(from.name()).parent().unwrap_or(Path::new("")).to_owned();
    let joined = tidy(&folder.join(path));
    if allow_outside {
        return Ok(joined);
    }
    let here = Path::new(".").canonicalize().ok();
    let of_file = dumps::named_in(&folder, ".", true).ok().and_then(|folder| folder.canonicalize().ok());
    let is_below = here.zip(of_file).is_some_and(|(here, own)| own.starts_with(here));
    let root = if is_below { PathBuf::new() } else { folder.clone() };
    let from_root = if is_below { joined.clone() } else { PathBuf::from(path) };
    dumps::named_in(&root, &from_root.to_string_lossy(), false)?;
    Ok(joined)
}

/// A path without `.` and without `folder/..`, so that one file has one name.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if tidy.components().next_back().is_some_and(|last| matches!(last, Component::Normal(_))) =>
            {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// A place of a policy as people know it.
pub(super) fn place(world: &World, policy: polsim_eval::PolicyId, span: polsim_text::Span) -> Option<Place> {
    world.library.policy(policy).map(|text| text.place(span))
}
