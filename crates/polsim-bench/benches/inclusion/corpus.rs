//! The policies that are compared.

use polsim_bench::policy;
use polsim_eval::{Model, PolicyId};
use polsim_policy::{Policy, PolicyType};
use polsim_text::{Limits, Source};
use std::path::Path;
use std::time::{Duration, Instant};

const MANAGED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/policies/managed");

pub(crate) struct Corpus {
    pub(crate) origin: &'static str,
    pub(crate) model: Model,
    pub(crate) policies: Vec<(String, PolicyId)>,
    /// What compiling one took, in order.
    pub(crate) compiled: Vec<Duration>,
}

impl Corpus {
    pub(crate) fn load() -> Self {
        let (origin, texts) = match managed() {
            Some(texts) => ("as AWS manages them", texts),
            None => ("generated, as no managed policies are beside the checkout", generated()),
        };
        let mut corpus = Self { origin, model: Model::new(), policies: Vec::new(), compiled: Vec::new() };
        for (name, text) in texts {
            let policy = read(&text);
            let start = Instant::now();
            let id = corpus.model.add(&policy);
            corpus.compiled.push(start.elapsed());
            corpus.policies.push((name, id));
        }
        corpus
    }

    pub(crate) fn named(&self, name: &str) -> Option<PolicyId> {
        self.policies.iter().find(|(other, _)| other == name).map(|(_, id)| *id)
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its policies")]
fn managed() -> Option<Vec<(String, String)>> {
    let mut paths: Vec<_> = Path::new(MANAGED).read_dir().ok()?.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let named = |path: &std::path::PathBuf| {
        (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
    };
    Some(paths.iter().map(named).collect())
}

fn generated() -> Vec<(String, String)> {
    (1..400).map(|number| (format!("generated-{number}"), policy(number % 40 + 1))).collect()
}

pub(crate) fn read(text: &str) -> Policy {
    let source = Source::new("policy.json", text);
    polsim_policy::parse(&source, PolicyType::Identity, &Limits::default()).single().unwrap().clone()
}
