//! `polsim init`: a first suite of claims that hold today.
//!
//! A newcomer would doubt that the claims are worth having, as they only say what is so. That is their use: whoever
//! changes a policy sees what else that changes.

use crate::environment::{self, EnvironmentOrigin};
use crate::load::{Documents, load_lawful};
use crate::read::{Origin, Reader};
use crate::test::Suite;
use polsim_env::load::{Text, detect};
use polsim_policy::{Element, Policy, PolicyType};
use polsim_report::{Entry, Level, Report, Verb};
use polsim_suite::{Standing, propose};
use polsim_text::Source;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::{Component, Path, PathBuf};

/// For what a suite is written.
#[derive(Clone, Debug)]
pub struct Init {
    /// A policy, or an environment: its file, a dump, or a folder of dumps.
    pub path: PathBuf,
    /// The type of a policy; guessed when not given.
    pub policy_type: Option<PolicyType>,
    /// The folder that the suite will be in, which its paths are relative to; empty for the one where the program runs.
    pub folder: PathBuf,
    /// Today, as 2026-11-24.
    pub today: String,
}

const HEAD: &str = "\
# What holds today, proved by `polsim init`. Keep what you want to stay so, say why with `because:`, and delete the rest.
# yaml-language-server: $schema=https://raw.githubusercontent.com/polsim/polsim/main/schemas/suite.schema.json
";

/// The text of a suite.
///
/// # Errors
/// The report of what keeps it from being written.
pub fn init(question: &Init, reader: &Reader) -> Result<String, Box<Report>> {
    let bad = |entries| Box::new(Report::bad_input(Verb::Init, entries));
    let path = relative(&question.path, &question.folder);
    let about = if is_environment(&question.path, reader) {
        format!("environment: {}\n", Value::from(path))
    } else {
        of_policy(question, &path, reader).map_err(bad)?
    };
    let named = question.folder.join("init.polsim.yaml").display().to_string();
    let read = |text: String| Suite::of(&Source::new(named.clone(), text), true, reader);
    let empty = read(format!("{HEAD}{about}cases: []\n")).map_err(bad)?;
    let groups = propose(&empty.world.environment);
    let kept: Vec<Option<&String>> = groups
        .par_iter()
        .map(|group| group.iter().find(|case| holds(&about, case, &named, &empty, &question.today)))
        .collect();
    let cases: String = kept.into_iter().flatten().map(String::as_str).collect();
    if cases.is_empty() {
        let sentence = "nothing that could be claimed was proved, so there is no suite to write";
        return Err(bad(vec![Entry::new(Level::Error, sentence).with_code("INP031")]));
    }
    Ok(format!("{HEAD}{about}cases:\n{cases}"))
}

/// Whether a proposed case holds.
fn holds(about: &str, case: &str, name: &str, suite: &Suite, today: &str) -> bool {
    let source = Source::new(name, format!("{about}cases:\n{case}"));
    let nothing = |_: &Source, _: &str| Err(polsim_env::Unavailable::NotFound);
    let Ok(plan) = polsim_suite::Plan::read(&source, &polsim_text::Limits::default(), &nothing) else {
        return false;
    };
    !plan.cases.is_empty()
        && plan.cases.iter().all(|case| case.run(&suite.worlds(), today).standing == Standing::Holds)
}

/// Whether a path is an environment, and not a policy.
fn is_environment(path: &Path, reader: &Reader) -> bool {
    if path.is_dir() {
        return true;
    }
    let Ok(source) = reader.read(&Origin::File(path.to_owned())) else { return false };
    let text = Text::read(&source, reader.limits());
    match detect(&text) {
        Some(loader) => loader.name() != "policy",
        None => {
            let from =
                EnvironmentOrigin { origin: Origin::File(path.to_owned()), allow_outside: true, from: None };
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| matches!(ending, "yaml" | "yml"))
                || environment::load(&from, reader).is_ok()
        }
    }
}

/// An environment in which a policy is the only one that matters.
fn of_policy(question: &Init, path: &str, reader: &Reader) -> Result<String, Vec<Entry>> {
    let origin = Origin::File(question.path.clone());
    let files = load_lawful(reader, &origin, question.policy_type, Documents::Reject)?;
    let Some(policy) = files.first().and_then(|file| file.policies.first()) else {
        let sentence = format!("{} has no policy", question.path.display());
        return Err(vec![Entry::new(Level::Error, sentence).with_code("INP010")]);
    };
    let all = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
    let arn = "arn:aws:iam::111122223333:role/example";
    let role = |identity: Value| json!({ "example": { "arn": arn, "identity": [identity] } });
    let environment = match policy.policy_type {
        PolicyType::Identity => json!({ "principals": role(json!(path)) }),
        PolicyType::Boundary => {
            json!({ "principals": { "example": { "arn": arn, "identity": [all], "boundary": path } } })
        }
        PolicyType::Session => {
            json!({ "principals": { "example": { "arn": arn, "identity": [all], "session": [path] } } })
        }
        PolicyType::Trust => {
            json!({ "principals": { "example": { "arn": arn, "identity": [all], "trust": path } } })
        }
        PolicyType::Scp | PolicyType::Rcp => {
            let level = if policy.policy_type == PolicyType::Scp {
                json!({ "name": "root", "scps": [path] })
            } else {
                json!({ "name": "root", "scps": [all], "rcps": [path] })
            };
            json!({
                "organization": { "levels": [level] },
                "accounts": { "111122223333": { "level": "root" } },
                "principals": role(all),
            })
        }
        PolicyType::Endpoint => json!({
            "principals": role(all),
            "endpoints": { "example": {
                "id": "vpce-1a2b3c4d", "kind": "interface", "service": "s3", "vpc": "vpc-11223344", "policy": path,
            } },
        }),
        PolicyType::Resource | PolicyType::Kms | PolicyType::AccessPoint => json!({
            "principals": role(all),
            "resources": { "example": { "arn": resource(policy), "account": "111122223333", "policy": path } },
        }),
    };
    Ok(format!("# The policy in an environment where nothing else forbids.\nenvironment: {environment}\n"))
}

/// A resource that a policy of resources may hang on: the first that it names.
fn resource(policy: &Policy) -> String {
    let named = policy.statements.iter().filter_map(|statement| match &statement.resource {
        Some(Element::Is(resources)) => resources.value.first(),
        _ => None,
    });
    let mut arns = named.map(|resource| resource.value.as_str()).filter(|text| text.starts_with("arn:"));
    let fallback = match policy.policy_type {
        PolicyType::Kms => "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        _ => "arn:aws:s3:::example",
    };
    let first = arns.find(|text| !text.contains(['*', '?', '$']) || text.ends_with("/*"));
    first.map_or(fallback, |text| text.trim_end_matches("/*")).to_owned()
}

/// A path as a file in a folder names it: up to what both have in common, and down from there.
fn relative(path: &Path, folder: &Path) -> String {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (false, Ok(to), Ok(from)) = (path.is_absolute(), path.canonicalize(), here.canonicalize()) else {
        return path.display().to_string();
    };
    let common = to.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect::<PathBuf>().display().to_string()
}
