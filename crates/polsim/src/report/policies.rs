//! The policies of a review: what the linter finds in them, and their texts.

use super::question::ReportOf;
use crate::environment::World;
use crate::lint::{Lint, Named, expand, lint};
use crate::load::{Documents, load};
use crate::read::Reader;
use crate::test::suites_among;
use polsim_lint::{Linter, Selection, Severity, Text};
use polsim_policy::PolicyType;
use polsim_report::from::finding;
use polsim_report::review::Attached;
use polsim_report::{Entry, PolicyText};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Policies that were looked at.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) policies: Vec<Attached>,
    /// Findings, and what could not be read.
    pub(super) entries: Vec<Entry>,
    pub(super) notes: Vec<String>,
    /// What `polsim.toml` says of severities that fail.
    pub(super) fail_on: Option<Severity>,
}

impl Looked {
    /// What else was looked at. A policy that is there already hangs on more.
    pub(super) fn take(&mut self, other: Self) {
        for entry in other.entries {
            // A policy of two environments is looked at in each.
            if !self.entries.iter().any(|known| is_same(known, &entry)) {
                self.entries.push(entry);
            }
        }
        self.fail_on = self.fail_on.or(other.fail_on);
        for note in other.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        for policy in other.policies {
            match self.policies.iter_mut().find(|known| place_of(known) == place_of(&policy)) {
                Some(known) => {
                    for hang in policy.hangs_on {
                        if !known.hangs_on.contains(&hang) {
                            known.hangs_on.push(hang);
                        }
                    }
                }
                None => self.policies.push(policy),
            }
        }
    }

    /// This without what concerns the files of other policies: an environment knows better as what they count.
    pub(super) fn without_those_of(mut self, others: &Self) -> Self {
        let known: BTreeSet<String> = others.policies.iter().map(|policy| place_of(policy).0).collect();
        self.policies.retain(|policy| !known.contains(&place_of(policy).0));
        let is_known = |entry: &Entry| {
            entry.finding.is_some()
                && entry.primary().is_some_and(|place| known.contains(place.source.name()))
        };
        self.entries.retain(|entry| !is_known(entry));
        self.notes.retain(|note| !known.iter().any(|path| note.starts_with(&format!("{path} was read as "))));
        self
    }
}

/// Whether two entries say the same of the same place.
fn is_same(one: &Entry, other: &Entry) -> bool {
    let at = |entry: &Entry| {
        entry.primary().map(|place| (place.source.name().to_owned(), place.span.start(), place.span.end()))
    };
    one.code == other.code && one.sentence == other.sentence && at(one) == at(other)
}

/// Where a policy is written.
fn place_of(policy: &Attached) -> (String, usize) {
    let place = policy.text.place(policy.text.policy.span);
    (place.source.name().to_owned(), place.span.start())
}

/// Policies that are given by path.
pub(super) fn given(question: &ReportOf, reader: &Reader) -> Looked {
    let suites = suites_among(&question.paths);
    let paths: Vec<PathBuf> = question.paths.iter().filter(|path| !suites.contains(path)).cloned().collect();
    if paths.is_empty() {
        return Looked::default();
    }
    let mut looked = linted(question, paths.clone(), question.policy_type, reader);
    // What cannot be found the linter has told.
    let Ok(inputs) = expand(&paths) else { return looked };
    for input in inputs {
        let Ok(loading) = load(reader, &input.origin, question.policy_type, Documents::Each) else {
            continue;
        };
        for file in loading.files {
            let is_policy = file.policies.iter().any(|policy| !policy.statements.is_empty());
            if input.named == Named::Among && !is_policy {
                continue;
            }
            let number = file.policies.len();
            for (at, policy) in file.policies.iter().enumerate() {
                let name = file.source.name();
                looked.policies.push(Attached {
                    name: if number == 1 { name.to_owned() } else { format!("{name}, document {}", at + 1) },
                    policy_type: policy.policy_type,
                    hangs_on: Vec::new(),
                    text: file.text_of(policy),
                });
            }
        }
    }
    looked
}

/// The policies of an environment, each as what it counts there.
pub(super) fn hung(world: &World, question: &ReportOf, reader: &Reader) -> Looked {
    let mut looked = Looked { notes: world.notes.clone(), ..Looked::default() };
    let policies = world.environment.policies();
    for policy_type in PolicyType::ALL {
        let of_type = policies.iter().filter(|hung| hung.policy.policy_type == policy_type);
        let paths: Vec<PathBuf> =
            of_type.filter(|hung| !hung.is_inline()).map(|hung| PathBuf::from(hung.text().name())).collect();
        if !paths.is_empty() {
            let found = linted(question, paths, Some(policy_type), reader);
            looked.entries.extend(found.entries);
            looked.notes.extend(found.notes);
            looked.fail_on = looked.fail_on.or(found.fail_on);
        }
    }
    let linter = Linter::new(&polsim_rules::all(), &Selection::default());
    for (at, hung) in policies.iter().enumerate() {
        if hung.is_inline() {
            let text = Text::parse(hung.text().clone(), hung.policy.policy_type, reader.limits());
            let found = linter.lint(&text);
            looked.entries.extend(found.iter().map(|found| {
                let mut entry = finding::entry(found, &text);
                for place in &mut entry.places {
                    let shown = hung.place(place.span);
                    (place.source, place.span) = (shown.source, shown.span);
                }
                // An edit is one of the text that the environment does not hold as it is.
                if let Some(facts) = &mut entry.finding {
                    facts.fix = None;
                }
                entry
            }));
        }
        // The library has the texts in the order of the environment's policies.
        let text = world.library.texts().get(at).cloned();
        let text = text.unwrap_or_else(|| PolicyText::new(hung.text().clone(), hung.policy.clone()));
        looked.policies.push(Attached {
            text,
            name: hung.name.clone(),
            policy_type: hung.policy.policy_type,
            hangs_on: hung.hangs_on.iter().map(ToString::to_string).collect(),
        });
    }
    looked
}

fn linted(
    question: &ReportOf,
    paths: Vec<PathBuf>,
    policy_type: Option<PolicyType>,
    reader: &Reader,
) -> Looked {
    let asked = Lint {
        paths,
        policy_type,
        now: Some(question.date.clone()),
        fail_on: question.fail_on,
        ..Lint::default()
    };
    let report = lint(&asked, reader).report;
    Looked { entries: report.entries, notes: report.notes, fail_on: report.fail_on, policies: Vec::new() }
}
