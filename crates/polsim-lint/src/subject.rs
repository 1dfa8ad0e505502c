//! A document as a rule looks at it.

use crate::judge::Judge;
use crate::settings::Settings;
use crate::text::Text;
use polsim_policy::{Document, Effect, ElementName, Policy, PolicyType, Severity, Statement};
use polsim_reference::Reference;
use polsim_text::json::{Member, Node};
use polsim_text::{Source, Span};
use std::cell::OnceCell;

/// A document with everything that a rule may ask about it.
#[derive(Debug)]
pub struct Subject<'t> {
    text: &'t Text,
    document: &'t Document,
    lawful: OnceCell<Policy>,
    judge: OnceCell<Judge>,
}

impl<'t> Subject<'t> {
    /// The documents of a text; a lawful one has one.
    pub fn all(text: &'t Text) -> impl Iterator<Item = Self> {
        text.documents.iter().map(move |document| Self {
            text,
            document,
            lawful: OnceCell::new(),
            judge: OnceCell::new(),
        })
    }

    /// The text that it stands in.
    #[must_use]
    pub fn source(&self) -> &'t Source {
        &self.text.source
    }

    /// What its owner says about it.
    #[must_use]
    pub fn settings(&self) -> &'t Settings {
        &self.text.settings
    }

    /// The type that it was read as.
    #[must_use]
    pub fn policy_type(&self) -> PolicyType {
        self.text.policy_type
    }

    /// What could be read: statements that could not are left out.
    #[must_use]
    pub fn policy(&self) -> &'t Policy {
        &self.document.policy
    }

    /// The statements that could be read.
    #[must_use]
    pub fn statements(&self) -> &'t [Statement] {
        &self.document.policy.statements
    }

    /// The statements of one effect that could be read.
    pub fn of(&self, effect: Effect) -> impl Iterator<Item = &'t Statement> {
        self.statements().iter().filter(move |statement| statement.effect.value == effect)
    }

    /// Whether every statement could be read. Ask before you say what a document does *not* contain.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let written =
            self.node().get(ElementName::Statement.as_str()).map_or(0, |node| node.one_or_many().len());
        written == self.statements().len()
    }

    /// The JSON value as it stands in the text.
    #[must_use]
    pub fn node(&self) -> &'t Node {
        &self.document.node
    }

    /// The JSON object of a statement.
    #[must_use]
    pub fn node_of(&self, statement: &Statement) -> Option<&'t Node> {
        let all = self.node().get(ElementName::Statement.as_str())?.one_or_many();
        all.iter().find(|node| node.span == statement.span)
    }

    /// An element of a statement as it stands in the text: its name and its value with their places.
    #[must_use]
    pub fn member(&self, statement: &Statement, element: ElementName) -> Option<&'t Member> {
        let members = self.node_of(statement)?.members()?;
        members.iter().find(|member| member.key.value == element.as_str())
    }

    /// Where to point for a statement as a whole: its Sid or, when it has none, its effect.
    #[must_use]
    pub fn opening(&self, statement: &Statement) -> Span {
        match &statement.sid {
            Some(sid) if !sid.value.0.is_empty() => sid.span,
            _ => statement.effect.span,
        }
    }

    /// How people know a statement: its effect with its Sid, or with its number.
    #[must_use]
    pub fn name(&self, statement: &Statement) -> String {
        let effect = statement.effect.value.as_str();
        match &statement.sid {
            Some(sid) if !sid.value.0.is_empty() => format!("{effect} `{}`", sid.value.0),
            _ => {
                let all = self.node().get(ElementName::Statement.as_str()).map_or(&[][..], Node::one_or_many);
                let at = all.iter().position(|node| node.span == statement.span).unwrap_or(0);
                format!("{effect} in statement {}", at + 1)
            }
        }
    }

    /// Whether AWS would take a statement: no problem inside of it is one that AWS refuses.
    #[must_use]
    pub fn is_lawful(&self, statement: &Statement) -> bool {
        let mut problems = self.text.problems.iter();
        !problems
            .any(|problem| problem.severity() == Severity::Invalid && statement.span.contains(problem.span))
    }

    /// The policy of those statements that AWS would take; what a judge may look at.
    #[must_use]
    pub fn lawful(&self) -> &Policy {
        self.lawful.get_or_init(|| self.policy_of(self.statements().iter().filter(|s| self.is_lawful(s))))
    }

    /// Whether AWS would take every statement. Ask before you have proved what the document as a whole does not do.
    #[must_use]
    pub fn is_lawful_whole(&self) -> bool {
        self.is_whole() && self.lawful().statements.len() == self.statements().len()
    }

    /// A policy like this one with other statements: some of its own, say.
    #[must_use]
    pub fn policy_of<'s>(&self, statements: impl IntoIterator<Item = &'s Statement>) -> Policy {
        let Policy { policy_type, version, id, span, .. } = self.policy();
        Policy {
            policy_type: *policy_type,
            version: *version,
            id: id.clone(),
            statements: statements.into_iter().cloned().collect(),
            span: *span,
        }
    }

    /// Facts about services; a rule that reads them has the phase `Reference` or a later one. `None` when the program file
    /// is damaged.
    #[must_use]
    pub fn reference(&self) -> Option<&'t Reference> {
        match &self.text.reference {
            Some(reference) => Some(reference),
            None => Reference::bundled().ok(),
        }
    }

    /// The lawful statements, compiled for questions to the prover. Compiled at the first call.
    #[must_use]
    pub fn judge(&self) -> &Judge {
        self.judge.get_or_init(|| Judge::new(self.lawful()))
    }
}
