//! All loaders, and which of them knows a text.

use super::account_details::AccountDetails;
use super::cloudformation::CloudFormation;
use super::config::ConfigurationItems;
use super::endpoints::VpcEndpoints;
use super::iam::Iam;
use super::organizations::Organizations;
use super::policy::PolicyDocuments;
use super::resource_policies::ResourcePolicies;
use super::terraform::{Configuration, Terraform};
use super::{Diagnosis, Loaded, Loader, Text};
use polsim_text::{Limits, Source};

/// All loaders, in the order in which they are asked.
pub static LOADERS: &[&dyn Loader] = &[
    &AccountDetails,
    &CloudFormation,
    &ConfigurationItems,
    &Iam,
    &Organizations,
    &ResourcePolicies,
    &Configuration,
    &Terraform,
    &VpcEndpoints,
    &PolicyDocuments,
];

/// The loader of a name.
#[must_use]
pub fn loader(name: &str) -> Option<&'static dyn Loader> {
    LOADERS.iter().copied().find(|loader| loader.name() == name)
}

/// The loader that knows the first document of a text; `None` when none does.
#[must_use]
pub fn detect(text: &Text) -> Option<&'static dyn Loader> {
    let first = text.sniff(0..1);
    LOADERS.iter().copied().find(|loader| loader.recognizes(&first))
}

/// Reads a text by the loader that knows it, or by the one that is given. Documents of several kinds may follow one
/// another.
#[must_use]
pub fn load(source: &Source, given: Option<&'static dyn Loader>, limits: &Limits) -> Loaded {
    load_text(&Text::read(source, limits), given)
}

/// The same for a text whose tree is there already.
#[must_use]
pub fn load_text(text: &Text, given: Option<&'static dyn Loader>) -> Loaded {
    let mut loaded = Loaded::default();
    let know = |at: usize| {
        given.or_else(|| {
            let document = text.sniff(at..at + 1);
            LOADERS.iter().copied().find(|loader| loader.recognizes(&document))
        })
    };
    // Documents before a syntax error count, and so does what is wrong behind them.
    loaded.problems.extend(text.problems.iter().cloned());
    let mut at = 0;
    while at < text.len() {
        let Some(loader) = know(at) else {
            if text.problems.is_empty() {
                let span = text.span_of(at);
                loaded.problem(Diagnosis::Unrecognized, text.source(), span);
            }
            at += 1;
            continue;
        };
        let same = (at..text.len())
            .take_while(|next| know(*next).is_some_and(|other| other.name() == loader.name()));
        let end = at + same.count().max(1);
        loader.load(&text.sniff(at..end), &mut loaded);
        at = end;
    }
    loaded.notes.extend(text.notes.iter().cloned());
    loaded
}
