//! Reading what the AWS CLI prints: members by name, each with its place, and what is wrong with them.
//!
//! A newcomer would doubt that `null` and a missing member are one thing. The AWS CLI prints neither for what is not set,
//! and people's scripts print both.

use crate::problem::{Problem, ProblemKind};
use ipnet::IpNet;
use polsim_env::Place;
use polsim_text::json::{Node, NodeKind};
use polsim_text::{Source, Span};
use std::cell::RefCell;

/// One object of an output.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) node: &'a Node,
    pub(crate) source: &'a Source,
    /// What the object is, for messages.
    what: &'static str,
    problems: &'a RefCell<Vec<Problem>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(
        node: &'a Node,
        source: &'a Source,
        what: &'static str,
        problems: &'a RefCell<Vec<Problem>>,
    ) -> Self {
        Self { node, source, what, problems }
    }

    /// The place of the first of some members that is there; of the object when none is. An object of forty lines is
    /// better shown by its name.
    pub(crate) fn place_of(&self, members: &[&str]) -> Place {
        let span =
            members.iter().find_map(|member| self.get(member)).map_or(self.node.span, |node| node.span);
        Place { source: self.source.clone(), span }
    }

    pub(crate) fn problem(&self, kind: ProblemKind, span: Span) {
        let place = Place { source: self.source.clone(), span };
        self.problems.borrow_mut().push(Problem { kind, place });
    }

    /// A member that is there and is not `null`.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Node> {
        self.node.get(name).filter(|node| node.kind != NodeKind::Null)
    }

    fn wrong(&self, name: &str, expected: &'static str, node: &Node) {
        let kind = ProblemKind::WrongKind { member: name.to_owned(), expected, found: node.kind_name() };
        self.problem(kind, node.span);
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let node = self.get(name)?;
        let text = node.as_str();
        if text.is_none() {
            self.wrong(name, "a string", node);
        }
        text.map(str::to_owned)
    }

    /// A text that has to be there.
    pub(crate) fn required(&self, name: &'static str) -> Option<String> {
        if self.get(name).is_none() {
            self.problem(ProblemKind::Missing { what: self.what, member: name }, self.node.span);
        }
        self.text(name)
    }

    /// `true` or `false`, also as `{"Value": true}`, as attributes are printed.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        let node = self.get(name)?;
        match (&node.kind, node.get("Value").map(|value| &value.kind)) {
            (NodeKind::Bool(flag), _) | (_, Some(NodeKind::Bool(flag))) => Some(*flag),
            _ => {
                self.wrong(name, "a boolean", node);
                None
            }
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        let node = self.get(name)?;
        let text = match &node.kind {
            NodeKind::Number(text) | NodeKind::String(text) => text,
            _ => {
                self.wrong(name, "a number", node);
                return None;
            }
        };
        let number = text.parse().ok();
        if number.is_none() {
            self.problem(ProblemKind::NoNumber(text.clone()), node.span);
        }
        number
    }

    /// A range of addresses.
    pub(crate) fn net(&self, name: &str) -> Option<IpNet> {
        let node = self.get(name)?;
        let text = self.text(name)?;
        let net: Option<IpNet> = text.parse().ok();
        if net.is_none() {
            self.problem(ProblemKind::NoNetwork(text), node.span);
        }
        net.map(|net| net.trunc())
    }

    /// The objects of a list; none when the member is missing.
    pub(crate) fn list(&self, name: &str, what: &'static str) -> Vec<Fields<'a>> {
        let Some(node) = self.get(name) else { return Vec::new() };
        let Some(items) = node.items() else {
            self.wrong(name, "a list", node);
            return Vec::new();
        };
        let mut objects = Vec::new();
        for item in items {
            if item.members().is_some() {
                objects.push(Fields { node: item, what, ..*self });
            } else {
                self.wrong(name, "a list of objects", item);
            }
        }
        objects
    }

    /// An object.
    pub(crate) fn object(&self, name: &str, what: &'static str) -> Option<Fields<'a>> {
        let node = self.get(name)?;
        if node.members().is_none() {
            self.wrong(name, "an object", node);
            return None;
        }
        Some(Fields { node, what, ..*self })
    }

    /// The texts of a list, each with its place.
    pub(crate) fn texts(&self, name: &str) -> Vec<(String, Place)> {
        let Some(node) = self.get(name) else { return Vec::new() };
        let Some(items) = node.items() else {
            self.wrong(name, "a list", node);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.as_str() {
                Some(text) => {
                    texts.push((text.to_owned(), Place { source: self.source.clone(), span: item.span }));
                }
                None => self.wrong(name, "a list of strings", item),
            }
        }
        texts
    }

    /// The texts of a list.
    pub(crate) fn plain_texts(&self, name: &str) -> Vec<String> {
        self.texts(name).into_iter().map(|(text, _)| text).collect()
    }
}
