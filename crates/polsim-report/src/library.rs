//! The texts behind compiled policies, so that a statement of the model can be shown where it was written.

use crate::entry::Place;
use polsim_eval::{PolicyId, StatementId};
use polsim_policy::{Policy, Statement};
use polsim_text::{Source, Span};

/// The policies of a [`Model`](polsim_eval::Model) as they were written, in the order in which they were added to it.
#[derive(Clone, Debug, Default)]
pub struct Library {
    texts: Vec<PolicyText>,
}

/// A policy and its text.
#[derive(Clone, Debug)]
pub struct PolicyText {
    /// The text.
    pub source: Source,
    /// What it means.
    pub policy: Policy,
}

impl Library {
    /// Adds the text of the policy that the model got last.
    pub fn push(&mut self, text: PolicyText) {
        self.texts.push(text);
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
        Some(Place::primary(&text.source, opening(statement)).saying(label))
    }
}

fn opening(statement: &Statement) -> Span {
    match &statement.sid {
        Some(sid) if !sid.value.0.is_empty() => sid.span,
        _ => statement.effect.span,
    }
}
