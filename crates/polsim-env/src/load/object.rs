//! An object of a dump: its members with their places, and the policies that stand in it.

use super::{Diagnosis, Form, FoundPolicy, Loaded, Told};
use crate::hang::Place;
use crate::inline;
use polsim_policy::PolicyType;
use polsim_text::json::{self, Node, NodeKind};
use polsim_text::{Embedded, Limits, Span};
use std::sync::Arc;

/// The elements of a list that is not there.
const NONE: &[Node] = &[];

/// An object of a dump.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    /// The text that it stands in.
    pub host: &'a Embedded,
    /// How that text is written.
    pub form: Form,
    /// Its tree.
    pub node: &'a Node,
}

impl<'a> Object<'a> {
    /// A part of the same text.
    #[must_use]
    pub fn inner(&self, node: &'a Node) -> Self {
        Self { node, ..*self }
    }

    /// A member; one that is null is not there. AWS Config spells the members of the APIs with a small first letter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Self> {
        let is_named = |key: &str| {
            key == name
                || (key.get(1..) == name.get(1..)
                    && key.get(..1).is_some_and(|first| {
                        name.get(..1).is_some_and(|wanted| first == wanted.to_ascii_lowercase())
                    }))
        };
        let member = self.node.members()?.iter().find(|member| is_named(&member.key.value))?;
        (member.value.kind != NodeKind::Null).then(|| self.inner(&member.value))
    }

    /// Where people find a span of this text.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.host.host().clone(), span: self.host.in_host(span) }
    }

    /// Its text, when it is a string; a number keeps its digits, as ids of accounts lose their quotes in YAML.
    #[must_use]
    pub fn as_told(&self) -> Option<Told<String>> {
        let text = match &self.node.kind {
            NodeKind::String(text) | NodeKind::Number(text) => text.clone(),
            _ => return None,
        };
        Some(Told::new(text, self.place(self.node.span)))
    }

    /// The text of a member.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Told<String>> {
        self.get(name)?.as_told()
    }

    /// The text of a member that has to be there.
    pub fn needed(&self, name: &'static str, loaded: &mut Loaded) -> Option<Told<String>> {
        match self.get(name) {
            Some(member) => {
                let told = member.as_told();
                if told.is_none() {
                    member.tell_wrong_kind(name, "a string", loaded);
                }
                told
            }
            None => {
                let place = self.place(Span::new(self.node.span.start(), self.node.span.start() + 1));
                loaded.problem(Diagnosis::MissingField(name), &place.source, place.span);
                None
            }
        }
    }

    /// Whether a member is `true`; `None` when it is not there.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.node.kind {
            NodeKind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The elements of a list; none when it is not there.
    pub fn list(&self, name: &'static str, loaded: &mut Loaded) -> impl Iterator<Item = Self> + use<'a> {
        let this = *self;
        let items = match self.get(name) {
            None => NONE,
            Some(member) => member.node.items().unwrap_or_else(|| {
                member.tell_wrong_kind(name, "a list", loaded);
                NONE
            }),
        };
        items.iter().map(move |node| this.inner(node))
    }

    /// The policy under a name: an object, or a string that holds it, URL-encoded perhaps. It is added to what was
    /// found.
    pub fn policy(
        &self,
        member: &str,
        name: &str,
        policy_type: PolicyType,
        loaded: &mut Loaded,
    ) -> Option<Arc<FoundPolicy>> {
        let document = self.get(member)?;
        let found = document.text_of_policy(name).map(|text| {
            let is_of_aws = name.contains(":iam::aws:");
            Arc::new(FoundPolicy {
                name: name.to_owned(),
                policy_type,
                guess: None,
                is_of_aws,
                perhaps: Vec::new(),
                text,
            })
        });
        match &found {
            Some(found) => loaded.policies.push(Arc::clone(found)),
            None => {
                let place = self.place(document.node.span);
                loaded.problem(Diagnosis::NoDocument, &place.source, place.span);
            }
        }
        found
    }

    /// This object, or the text in this string, as the text of a policy.
    #[must_use]
    pub fn text_of_policy(&self, name: &str) -> Option<Embedded> {
        match &self.node.kind {
            NodeKind::Object(_) if self.form == Form::Json => Some(self.host.part(name, self.node.span)),
            NodeKind::Object(_) => Some(inline::written(self.host, self.node, name)),
            NodeKind::String(text) => {
                let text = self.host.string(name, self.node.span, text);
                let text =
                    if is_percent_encoded(text.text().text()) { text.percent_decoded()? } else { text };
                text.text().text().trim_start().starts_with(['{', '[']).then_some(text)
            }
            _ => None,
        }
    }

    /// The JSON value that a string member holds, with the text that it stands in.
    #[must_use]
    pub fn json_in_string(&self, member: &str, limits: &Limits) -> Option<(Embedded, Node)> {
        let text = self.get(member)?.text_of_policy(member)?;
        let mut parsed = json::parse(text.text(), limits);
        if !parsed.errors.is_empty() || parsed.documents.len() != 1 {
            return None;
        }
        Some((text, parsed.documents.pop()?))
    }

    fn tell_wrong_kind(&self, field: &'static str, wanted: &'static str, loaded: &mut Loaded) {
        let place = self.place(self.node.span);
        let kind = Diagnosis::WrongKind { field, wanted, found: self.node.kind_name() };
        loaded.problem(kind, &place.source, place.span);
    }
}

/// Whether a text begins with a `{` that is URL-encoded.
fn is_percent_encoded(text: &str) -> bool {
    text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%7B"))
}
