//! Where policies come from: dumps of the AWS CLI and other files that hold policies among other things.
//!
//! A [`Loader`] knows one kind of file. It looks at the tree of a text, hands over the policies that it finds, each
//! with the way back to its place in the file, and the [`Facts`] that the file tells: who exists and what is attached
//! to what. Facts of many files become one environment in [`merge`], because hardly any dump says everything: one
//! names the policies that are attached to a role, another one has their texts.
//!
//! A newcomer would expect that a loader makes an environment. It does not: it only says what is written in its file,
//! and what no file says is told in one place, whatever the files were.

mod account_details;
mod diagnosis;
mod facts;
mod found;
mod merge;
mod object;
mod policy;
mod sniffed;

pub use diagnosis::Diagnosis;
pub use facts::{
    AccountFact, Attachment, EndpointFact, Facts, GroupFact, ManagedPolicyFact, OrganizationFacts,
    OrganizationPolicyFact, PrincipalFact, ResourceFact, Told, UnitFact,
};
pub use found::{FoundPolicy, NamedUnknown};
pub use merge::{Merged, merge};
pub use object::Object;
pub use sniffed::{Form, Sniffed, Text};

use crate::problem::{Problem, ProblemKind};
use polsim_text::{Limits, Source, Span};

/// Knows one kind of file that policies come from.
pub trait Loader: Sync {
    /// What `--from` calls it.
    fn name(&self) -> &'static str;

    /// What it reads, in a few words for the list of loaders.
    fn about(&self) -> &'static str;

    /// Whether a document is of this kind. This is a cheap look at the top of its tree, or at the text when it has none.
    fn recognizes(&self, document: &Sniffed<'_>) -> bool;

    /// Reads documents of this kind that follow one another in one text.
    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded);
}

/// All loaders, in the order in which they are asked.
pub static LOADERS: &[&dyn Loader] = &[&account_details::AccountDetails, &policy::PolicyDocuments];

/// The loader of a name.
#[must_use]
pub fn loader(name: &str) -> Option<&'static dyn Loader> {
    LOADERS.iter().copied().find(|loader| loader.name() == name)
}

/// What was found in one text, or in several.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The policies, in the order of the text.
    pub policies: Vec<std::sync::Arc<FoundPolicy>>,
    /// What the text says about accounts, principals and so on.
    pub facts: Facts,
    /// Values that the text does not tell, because they are known only later.
    pub unknowns: Vec<NamedUnknown>,
    /// What keeps it from being used.
    pub problems: Vec<Problem>,
    /// What was odd, or is not said.
    pub notes: Vec<Problem>,
}

impl Loaded {
    /// Tells what is wrong.
    pub fn problem(&mut self, diagnosis: Diagnosis, file: &Source, span: Span) {
        self.problems.push(Problem::new(ProblemKind::Load(diagnosis), file, span));
    }

    /// Tells what should be known, and keeps nothing from being used.
    pub fn note(&mut self, diagnosis: Diagnosis, file: &Source, span: Span) {
        self.notes.push(Problem::new(ProblemKind::Load(diagnosis), file, span));
    }

    /// Adds what was found in another text.
    pub fn append(&mut self, other: Self) {
        self.policies.extend(other.policies);
        self.facts.append(other.facts);
        self.unknowns.extend(other.unknowns);
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
    }
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
