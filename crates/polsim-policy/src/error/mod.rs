//! What can be wrong with a policy: one [`Problem`] per place, each with a clause of the law behind it.

mod facts;
mod help;
mod kind;

pub use kind::ProblemKind;

use polsim_text::Span;
use std::borrow::Cow;

/// One thing that is wrong or odd, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind}")]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The place.
    pub span: Span,
    /// A second place that belongs to it, and what that is.
    pub related: Option<(Span, &'static str)>,
}

/// How bad a problem is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// AWS would not store the document; no verdict is given on it (S0.2).
    Invalid,
    /// Lawful, but surely not what was meant.
    Error,
    /// Lawful, and likely to surprise.
    Warning,
    /// Lawful and harmless; could be said better.
    Suggestion,
}

impl Problem {
    /// A problem with one place.
    #[must_use]
    pub fn new(kind: ProblemKind, span: Span) -> Self {
        Self { kind, span, related: None }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The stable code, such as `SYN006`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// The clause of the law that it breaks, such as `S1.6.1`.
    #[must_use]
    pub fn clause(&self) -> &'static str {
        self.kind.clause()
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'static, str>> {
        self.kind.help()
    }
}
