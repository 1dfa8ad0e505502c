//! The lossless tree: every key in order, repeated keys too, each value with its place.

use crate::{Span, Spanned};

/// A JSON value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The place of the whole value.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a JSON value is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as its text: no digit is lost.
    Number(String),
    /// A string with its escapes resolved.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// An object: all members in order, repeated keys kept.
    Object(Vec<Member>),
}

/// One `key: value` of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key with escapes resolved; its span includes the quotes.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The JSON name of the kind of value, for messages.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "null",
            NodeKind::Bool(_) => "a boolean",
            NodeKind::Number(_) => "a number",
            NodeKind::String(_) => "a string",
            NodeKind::Array(_) => "a list",
            NodeKind::Object(_) => "an object",
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        match &self.kind {
            NodeKind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    #[must_use]
    pub fn members(&self) -> Option<&[Member]> {
        match &self.kind {
            NodeKind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The first member of that name, when this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members()?.iter().find(|member| member.key.value == name).map(|member| &member.value)
    }

    /// The value itself, or the elements when it is a list: the places where a policy takes one thing or many.
    #[must_use]
    pub fn one_or_many(&self) -> &[Self] {
        self.items().unwrap_or(std::slice::from_ref(self))
    }
}
