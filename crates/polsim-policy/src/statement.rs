//! One statement of a policy.

use crate::{Condition, Principal};
use polsim_arn::ActionPattern;
use polsim_text::{Span, Spanned};

/// A statement (S1.4). Equality looks at what it says, not at where it stands in a text.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The `Sid`, when written; may be empty (S1.5.1).
    pub sid: Option<Spanned<Sid>>,
    /// `Allow` or `Deny` (S1.6).
    pub effect: Spanned<Effect>,
    /// `Principal` or `NotPrincipal`; absent where the type has none (S1.11).
    pub principal: Option<Element<Principal>>,
    /// `Action` or `NotAction`, exactly one of them (S1.8.1).
    pub action: Element<Vec<Spanned<ActionPattern>>>,
    /// `Resource` or `NotResource`: the entries as they stand in the text, variables and all. Absent in trust
    /// policies and, with the meaning “the attached resource”, in some resource policies (S1.9.1).
    pub resource: Option<Element<Vec<Spanned<String>>>>,
    /// The `Condition`; no blocks when absent or empty (S3.1.4).
    pub condition: Condition,
    /// The whole statement.
    pub span: Span,
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        let Self { sid, effect, principal, action, resource, condition, span: _ } = self;
        *sid == other.sid
            && *effect == other.effect
            && *principal == other.principal
            && *action == other.action
            && *resource == other.resource
            && *condition == other.condition
    }
}

/// What a statement does to the requests that it applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Forbids, whatever else allows.
    Deny,
}

impl Effect {
    /// The word of the policy language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// A statement id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sid(pub String);

/// An element that can be written plain or negated: `Action` and `NotAction` are one thing with two polarities.
#[derive(Clone, Debug)]
pub enum Element<T> {
    /// The plain form; the span is that of the value.
    Is(Spanned<T>),
    /// The `Not…` form; the span is that of the value.
    Not(Spanned<T>),
}

impl<T> Element<T> {
    /// What is listed, whatever the polarity.
    pub fn listed(&self) -> &T {
        match self {
            Self::Is(list) | Self::Not(list) => &list.value,
        }
    }

    /// The place of the value.
    pub fn span(&self) -> Span {
        match self {
            Self::Is(list) | Self::Not(list) => list.span,
        }
    }

    /// Whether this is the `Not…` form.
    pub fn is_negated(&self) -> bool {
        matches!(self, Self::Not(_))
    }
}

impl<T: PartialEq> PartialEq for Element<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_negated() == other.is_negated() && self.listed() == other.listed()
    }
}
