//! `polsim compare`: what does a new policy, or a new environment, grant that the old one does not, and the other way
//! round?

use crate::environment::{self, EnvironmentOrigin};
use crate::hang::{Hung, Role, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use polsim_claim::{Ground, RegionText, Relation};
use polsim_env::load;
use polsim_policy::{Policy, PolicyType};
use polsim_report::from::claim::{self, refusals};
use polsim_report::from::comparison::{Comparison, report};
use polsim_report::from::words;
use polsim_report::{Entry, Level, Report, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The old policy or environment.
    pub old: Origin,
    /// The new one.
    pub new: Origin,
    /// Whether both are environments, whatever they are called; else those that are written as such in YAML are.
    pub environments: bool,
    /// Whether environments may name policies outside of the folders that they are in.
    pub allow_outside: bool,
    /// The type of policies; guessed when not given.
    pub policy_type: Option<PolicyType>,
    /// What to make of several documents in one file.
    pub documents: Documents,
    /// What is claimed; nothing, to be told what is different.
    pub expect: Option<Relation>,
    /// The requests that are meant.
    pub region: RegionText,
    /// The most steps of each search.
    pub budget: u64,
}

/// Compares two policies or environments.
#[must_use]
pub fn compare(question: &Compare, reader: &Reader) -> Report {
    let are_environments = question.environments
        || [&question.old, &question.new].iter().all(|file| is_environment(file, reader));
    let answered = if are_environments { environments(question, reader) } else { policies(question, reader) };
    answered.unwrap_or_else(|entries| Report::bad_input(Verb::Compare, entries))
}

impl Compare {
    fn comparison(&self) -> Comparison {
        Comparison {
            old: self.old.to_string(),
            new: self.new.to_string(),
            expect: self.expect,
            actions: self.region.actions.clone(),
            resources: self.region.resources.clone(),
            limits: claim::limits(&self.region),
        }
    }
}

/// Whether a file is written as an environment: it is YAML, and nothing that policies are found in, such as a template.
fn is_environment(origin: &Origin, reader: &Reader) -> bool {
    let Origin::File(path) = origin else { return false };
    let is_yaml = path
        .extension()
        .is_some_and(|ending| ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
    is_yaml
        && reader
            .read(origin)
            .is_ok_and(|source| load::detect(&load::Text::read(&source, reader.limits())).is_none())
}

fn policies(question: &Compare, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let role = Role::Itself(question.policy_type);
    let origins = [(question.old.clone(), role), (question.new.clone(), role)];
    let files = load_all(&origins, question.documents, reader)?;
    let [old, new] = [0, 1].map(|from| files.iter().filter(|file| file.from == from).collect::<Vec<_>>());
    let [old, new] = [one_of(&old, &question.old)?, one_of(&new, &question.new)?];
    let (mut hung, present) =
        (Hung::of(&[only(old)?])?, [only(old)?, only(new)?].map(|(_, policy)| policy.policy_type));
    if present[0] != present[1] {
        let sentence = format!(
            "{} is read as {} and {} as {}, which grant in different ways",
            question.old,
            words::with_article(&format!("{} policy", present[0].as_str())),
            question.new,
            words::with_article(&format!("{} policy", present[1].as_str()))
        );
        let entry = Entry::new(Level::Error, sentence).with_code("INP023");
        return Err(vec![entry.with_help("say what both are with `--type`")]);
    }
    let (file, policy) = only(new)?;
    let other = hung.hang_beside(file, policy);
    let region = question.region.region(&mut hung.model).map_err(|refused| refusals(&refused))?;
    let scope = hung.scope();
    let ground = Ground { model: &hung.model, layers: &other, scope: &scope, region: &region };
    let answers = polsim_claim::compare(ground, &hung.layers, question.expect, question.budget);
    let mut report = report(&question.comparison(), &answers, &hung.library);
    report.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    Ok(report)
}

/// The only text of a file.
fn one_of<'f>(files: &[&'f PolicyFile], origin: &Origin) -> Result<&'f PolicyFile, Vec<Entry>> {
    match files {
        [file] => Ok(file),
        _ => {
            let sentence = format!("{origin} has {} policies, and one is compared with one", files.len());
            let entry = Entry::new(Level::Error, sentence).with_code("INP010");
            Err(vec![entry.with_help("`--env` compares dumps as environments, with all that hangs in them")])
        }
    }
}

/// The only policy of a file.
fn only(file: &PolicyFile) -> Result<(&PolicyFile, &Policy), Vec<Entry>> {
    match file.policies.as_slice() {
        [policy] => Ok((file, policy)),
        _ => {
            let sentence = format!("{}: one policy is compared with one", file.source.name());
            let entry = Entry::new(Level::Error, sentence).with_code("INP010");
            Err(vec![entry.with_help("`--documents merge` makes one policy of several documents")])
        }
    }
}

fn environments(question: &Compare, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let from = |origin: &Origin| EnvironmentOrigin {
        origin: origin.clone(),
        allow_outside: question.allow_outside,
        from: None,
    };
    let old = environment::load(&from(&question.old), reader)?;
    let new = environment::load_beside(&from(&question.new), Some(&old.environment), reader)?;
    let compared = polsim_claim::compare_environments(
        &old.environment,
        &new.environment,
        &question.region,
        question.expect,
        question.budget,
    )
    .map_err(|refused| refusals(&refused))?;
    let mut report = report(&question.comparison(), &compared.answers, &new.library);
    report.notes.push(claim::extent(&compared.extent));
    report.notes.extend(old.notes.into_iter().chain(new.notes));
    report.notes.push("tags, organizations and owners are taken as the new environment has them".to_owned());
    Ok(report)
}
