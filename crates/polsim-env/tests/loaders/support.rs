//! Reads files of the corpus and asks about what they make.

#![expect(clippy::disallowed_methods, reason = "tests read the files of the corpus")]

use polsim_arn::ActionName;
use polsim_env::load::{self, Loaded, Merged};
use polsim_env::question::Ask;
use polsim_env::{Environment, Problem, Unavailable};
use polsim_eval::{Context, Verdict, decide};
use polsim_text::{Limits, Source};
use std::path::Path;

/// A file of the corpus of loaders.
pub(crate) fn corpus(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/loaders").join(name);
    Source::new(name, std::fs::read_to_string(path).unwrap())
}

/// What is found in a file of the corpus.
pub(crate) fn load_corpus(name: &str) -> Loaded {
    load::load(&corpus(name), None, &Limits::default())
}

/// What is found in a text.
pub(crate) fn load_text(name: &str, text: &str) -> Loaded {
    load::load(&Source::new(name, text), None, &Limits::default())
}

/// The codes of problems.
pub(crate) fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(Problem::code).collect()
}

/// What is underlined where `part` stands in the policy of that name.
pub(crate) fn underlined(loaded: &Loaded, name: &str, part: &str) -> String {
    let policy = loaded.policies.iter().find(|policy| policy.name == name).unwrap();
    let at = policy.source().text().find(part).unwrap();
    let place = policy.place(polsim_text::Span::new(at, at + part.len()));
    place.source.slice(place.span).to_owned()
}

/// Merges what was found.
pub(crate) fn merged(loaded: Loaded) -> Merged {
    load::merge(loaded.facts, &Source::new("dumps", ""), None)
}

/// The environment of what was found.
pub(crate) fn environment(loaded: Loaded) -> Environment {
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let merged = merged(loaded);
    assert!(merged.problems.is_empty(), "{:?}", merged.problems);
    let no_files = |_: &str| Err(Unavailable::NotFound);
    Environment::build_merged(&merged.atlas, &merged.file, &Limits::default(), &no_files, None).unwrap()
}

/// The verdict about a request without any keys but those that follow.
pub(crate) fn verdict(environment: &Environment, principal: &str, action: &str, resource: &str) -> Verdict {
    possible(environment, principal, action, resource).unwrap()
}

/// The same, or nothing when it depends on what is known only later.
pub(crate) fn possible(
    environment: &Environment,
    principal: &str,
    action: &str,
    resource: &str,
) -> Option<Verdict> {
    let ask = Ask {
        principal,
        action: ActionName::parse(action).unwrap(),
        resource,
        resource_account: None,
        via: None,
        context: Context::default(),
    };
    let bound = environment.bind(&ask).unwrap();
    decide(environment.model(), &bound.layers, &bound.request, environment.readings())
        .map(|decision| decision.verdict)
}

/// A file of the repository.
pub(crate) fn document(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

/// What is found in a text when parameters are given.
pub(crate) fn loaded_with(source: &Source, parameters: &[(&str, &str)]) -> Loaded {
    let parameters =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    load::load_text(&load::Text::read(source, &Limits::default()).with_parameters(parameters), None)
}

/// The text of the policy of that name.
pub(crate) fn text_of(loaded: &Loaded, name: &str) -> String {
    let policy = loaded.policies.iter().find(|policy| policy.name == name);
    let names: Vec<&str> = loaded.policies.iter().map(|policy| policy.name.as_str()).collect();
    without_capitals(policy.unwrap_or_else(|| panic!("no {name} among {names:?}")).source().text())
}

/// A text without the places of capital letters behind the names of what is known later, which nobody wants to count.
fn without_capitals(text: &str) -> String {
    let mut parts = text.split('^');
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        plain.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    }
    plain
}
