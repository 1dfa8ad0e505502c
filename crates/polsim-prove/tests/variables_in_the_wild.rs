//! Policies that people and AWS wrote with policy variables in them: claims about them are decided.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use polsim_arn::Budget;
use polsim_eval::{Layer, Layers, Model};
use polsim_policy::PolicyType;
use polsim_prove::{Answer, Claim, Expectation, Question, Scope};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use support::{ask_alone, region};

/// Beside the checkout, if it is there.
const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/policies");

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

/// The lawful identity policies with variables, by their path.
fn policies() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files(Path::new(POLICIES), &mut paths);
    paths.sort();
    let mut policies = Vec::new();
    for path in paths {
        #[expect(clippy::disallowed_methods, reason = "a test reads its policies")]
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let source = polsim_text::Source::new("policy.json", &text);
        let parsed = polsim_policy::parse(&source, PolicyType::Identity, &polsim_text::Limits::default());
        if text.contains("${") && parsed.single().is_some() {
            policies.push((path.strip_prefix(POLICIES).unwrap().display().to_string(), text));
        }
    }
    policies
}

/// What is claimed of each policy by itself.
const CLAIMS: [(&[&str], &str, Expectation); 5] = [
    (&[], "*", Expectation::Deny),
    (&["s3:*"], "arn:aws:s3:::*", Expectation::Deny),
    (&["iam:*", "sts:*"], "*", Expectation::ExplicitDeny),
    (&["ec2:*", "kms:*"], "arn:aws:*:*:*:*", Expectation::Allow),
    (&[], "arn:aws:*:*:*:*", Expectation::ImplicitDeny),
];

#[test]
fn claims_about_policies_with_variables_are_decided() {
    let policies = policies();
    if policies.is_empty() {
        println!("skipped: no policies beside the checkout");
        return;
    }
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    let mut undecided = Vec::new();
    let mut slowest = (0, String::new());
    for (name, text) in &policies {
        for (actions, resource, expect) in CLAIMS {
            let start = Instant::now();
            let answer = ask_alone(PolicyType::Identity, text, &region(actions, &[resource]), expect);
            slowest = slowest.max((start.elapsed().as_millis(), format!("{name} {actions:?}")));
            let word = match answer {
                Answer::Proved(_) => "proved",
                Answer::Refuted(_) => "refuted",
                Answer::Unknown(reason) => {
                    undecided.push(format!("{name} {actions:?}: {reason}"));
                    "unknown"
                }
            };
            *tally.entry(word).or_default() += 1;
        }
    }
    println!("{} policies with variables, each with {} claims: {tally:?}", policies.len(), CLAIMS.len());
    println!("slowest: {slowest:?}");
    println!("undecided:\n{}", undecided.join("\n"));
    assert!(undecided.is_empty());
}

#[test]
fn a_policy_with_variables_allows_no_more_than_itself() {
    let policies = policies();
    let mut undecided = Vec::new();
    let mut slowest = (0, String::new());
    for (name, text) in &policies {
        let mut model = Model::new();
        // Twice, so that no two statements are the same one.
        let ids = [(); 2].map(|()| model.add(&support::policy(PolicyType::Identity, text)));
        let [new, old] = ids.map(|id| Layers { identity: vec![id], ..Layers::default() });
        let question = Question {
            model: &model,
            layers: &new,
            scope: &Scope::Alone(vec![Layer::Identity]),
            region: &region(&[], &[]),
            claim: Claim::NoMoreThan(&old),
        };
        let start = Instant::now();
        match polsim_prove::ask(&question, &mut Budget::default()) {
            Answer::Proved(_) => {}
            Answer::Refuted(witness) => panic!("{name}: {witness:?}"),
            Answer::Unknown(reason) => undecided.push(format!("{name}: {reason}")),
        }
        slowest = slowest.max((start.elapsed().as_millis(), name.clone()));
    }
    println!("{} policies with variables; slowest: {slowest:?}", policies.len());
    println!("undecided:\n{}", undecided.join("\n"));
    assert!(undecided.is_empty());
}
