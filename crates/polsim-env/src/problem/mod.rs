//! What can be wrong with an environment: one [`Problem`] per place, in the file that it is in.

mod help;
mod kind;

pub use kind::{Misfit, ProblemKind, Referent, Unavailable};

use polsim_text::{Source, Span};
use std::borrow::Cow;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{kind}")]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The file that it is in: the environment, or one of its policies.
    pub file: Source,
    /// The place in that file.
    pub span: Span,
    /// A second place of the same file that belongs to it, and what that is.
    pub related: Option<(Span, &'static str)>,
}

impl Problem {
    /// A problem with one place.
    #[must_use]
    pub fn new(kind: ProblemKind, file: &Source, span: Span) -> Self {
        Self { kind, file: file.clone(), span, related: None }
    }

    /// The stable code, such as `ENV006`; of a broken policy that of the policy's problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'static, str>> {
        self.kind.help()
    }
}
