//! The texts behind compiled policies, so that a statement of the model can be shown where it was written.

use crate::entry::Place;
use polsim_eval::{PolicyId, StatementId};
use polsim_policy::{Policy, Statement};
use polsim_text::{Source, Span};
use std::fmt;
use std::sync::Arc;

/// The policies of a [`Model`](polsim_eval::Model) as they were written, in the order in which they were added to it.
#[derive(Clone, Debug, Default)]
pub struct Library {
    texts: Vec<PolicyText>,
}

/// A policy and its text.
#[derive(Clone)]
pub struct PolicyText {
    /// The text.
    pub source: Source,
    /// What it means.
    pub policy: Policy,
    /// Where a place of the policy is shown, when that is not its own text: a policy that is written inside of another
    /// file is shown there.
    pub locate: Option<Locate>,
}

/// From a place in the text of a policy to the text and place that people know.
pub type Locate = Arc<dyn Fn(Span) -> (Source, Span) + Send + Sync>;

impl fmt::Debug for PolicyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyText").field("source", &self.source.name()).finish_non_exhaustive()
    }
}

impl PolicyText {
    /// A policy in a file of its own.
    #[must_use]
    pub fn new(source: Source, policy: Policy) -> Self {
        Self { source, policy, locate: None }
    }

    /// A place of the policy.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        match &self.locate {
            None => Place::primary(&self.source, span),
            Some(locate) => {
                let (source, span) = locate(span);
                Place::primary(&source, span)
            }
        }
    }
}

impl Library {
    /// Adds the text of the policy that the model got last.
    pub fn push(&mut self, text: PolicyText) {
        self.texts.push(text);
    }

    /// All texts, in the order of the model.
    #[must_use]
    pub fn texts(&self) -> &[PolicyText] {
        &self.texts
    }

    /// The text of a policy.
    #[must_use]
    pub fn policy(&self, id: PolicyId) -> Option<&PolicyText> {
        self.texts.get(id.index())
    }

    /// A statement as it was written.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> Option<(&PolicyText, &Statement)> {
        let text = self.policy(id.policy)?;
        Some((text, text.policy.statements.get(id.index as usize)?))
    }

    /// How many statements there are in all policies.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.texts.iter().map(|text| text.policy.statements.len()).sum()
    }

    /// How people know a statement: its effect with its Sid, or with its number.
    #[must_use]
    pub fn name(&self, id: StatementId) -> String {
        let number = id.index + 1;
        let Some((_, statement)) = self.statement(id) else {
            return format!("statement {number}");
        };
        let effect = statement.effect.value.as_str();
        match &statement.sid {
            Some(sid) if !sid.value.0.is_empty() => format!("{effect} `{}`", sid.value.0),
            _ => format!("{effect} in statement {number}"),
        }
    }

    /// Where a statement is: its Sid or, when it has none, its effect. Underlining forty lines would show nothing.
    #[must_use]
    pub fn place(&self, id: StatementId, label: &str) -> Option<Place> {
        let (text, statement) = self.statement(id)?;
        Some(text.place(opening(statement)).saying(label))
    }
}

fn opening(statement: &Statement) -> Span {
    match &statement.sid {
        Some(sid) if !sid.value.0.is_empty() => sid.span,
        _ => statement.effect.span,
    }
}
