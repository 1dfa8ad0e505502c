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
}
