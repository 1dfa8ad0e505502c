//! Trees whose texts may have holes.

use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Span, Spanned};

/// Something that is known only later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load) struct Hole {
    /// Its name, such as `aws_s3_bucket.logs.arn`.
    pub(in crate::load) name: String,
    /// Why it is not known, in words that follow “because”.
    pub(in crate::load) because: &'static str,
    /// What it can be.
    pub(in crate::load) nature: Nature,
}

/// What a hole can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Nature {
    /// A name or an id that AWS gives or takes: it has no wildcards and no colons.
    Name,
    /// Any text; wildcards in it count.
    Text,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load) enum Piece {
    Literal(String),
    Hole(Hole),
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(in crate::load) struct Value {
    pub(in crate::load) span: Span,
    pub(in crate::load) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(in crate::load) enum Kind {
    Null,
    Bool(bool),
    Number(String),
    /// A text; an empty list of pieces is the empty text.
    Text(Vec<Piece>),
    List(Vec<Value>),
    Map(Vec<(Spanned<String>, Value)>),
    /// Nothing is known of it, not even its kind.
    Unknown(Hole),
}

impl Hole {
    pub(in crate::load) fn name(name: impl Into<String>, because: &'static str) -> Self {
        Self { name: name.into(), because, nature: Nature::Name }
    }

    pub(in crate::load) fn text(name: impl Into<String>, because: &'static str) -> Self {
        Self { name: name.into(), because, nature: Nature::Text }
    }
}

impl Value {
    pub(in crate::load) fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind }
    }

    pub(in crate::load) fn literal(span: Span, text: impl Into<String>) -> Self {
        Self::new(span, Kind::Text(vec![Piece::Literal(text.into())]))
    }

    pub(in crate::load) fn hole(span: Span, hole: Hole) -> Self {
        Self::new(span, Kind::Text(vec![Piece::Hole(hole)]))
    }

    pub(in crate::load) fn unknown(span: Span, hole: Hole) -> Self {
        Self::new(span, Kind::Unknown(hole))
    }

    /// A tree of which everything is known.
    pub(in crate::load) fn of(node: &Node) -> Self {
        let kind = match &node.kind {
            NodeKind::Null => Kind::Null,
            NodeKind::Bool(value) => Kind::Bool(*value),
            NodeKind::Number(text) => Kind::Number(text.clone()),
            NodeKind::String(text) => Kind::Text(vec![Piece::Literal(text.clone())]),
            NodeKind::Array(items) => Kind::List(items.iter().map(Self::of).collect()),
            NodeKind::Object(members) => Kind::Map(
                members.iter().map(|member| (member.key.clone(), Self::of(&member.value))).collect(),
            ),
        };
        Self::new(node.span, kind)
    }

    /// The first member of that name; one that is null is not there.
    pub(in crate::load) fn get(&self, name: &str) -> Option<&Self> {
        let Kind::Map(members) = &self.kind else { return None };
        let found = members.iter().find(|(key, _)| key.value == name);
        found.map(|(_, value)| value).filter(|value| !matches!(value.kind, Kind::Null))
    }

    /// The members of an object.
    pub(in crate::load) fn members(&self) -> &[(Spanned<String>, Self)] {
        if let Kind::Map(members) = &self.kind { members } else { &[] }
    }

    /// The elements of a list, or the value itself; none of null.
    pub(in crate::load) fn one_or_many(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The text, when all of it is known.
    pub(in crate::load) fn as_text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(pieces) => pieces
                .iter()
                .map(|piece| if let Piece::Literal(text) = piece { Some(text.as_str()) } else { None })
                .collect(),
            Kind::Number(text) => Some(text.clone()),
            Kind::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// The parts of the text, when it is one. What is not known at all may be one.
    pub(in crate::load) fn pieces(&self) -> Option<Vec<Piece>> {
        match &self.kind {
            Kind::Text(pieces) => Some(pieces.clone()),
            Kind::Unknown(hole) => Some(vec![Piece::Hole(Hole { nature: Nature::Text, ..hole.clone() })]),
            Kind::Number(_) | Kind::Bool(_) => self.as_text().map(|text| vec![Piece::Literal(text)]),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The first hole in it.
    pub(in crate::load) fn first_hole(&self) -> Option<&Hole> {
        match &self.kind {
            Kind::Unknown(hole) => Some(hole),
            Kind::Text(pieces) => {
                pieces.iter().find_map(|piece| if let Piece::Hole(hole) = piece { Some(hole) } else { None })
            }
            Kind::List(items) => items.iter().find_map(Self::first_hole),
            Kind::Map(members) => members.iter().find_map(|(_, value)| value.first_hole()),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => None,
        }
    }

    /// Calls `visit` for every hole with its place.
    pub(in crate::load) fn for_each_hole<'v>(&'v self, visit: &mut impl FnMut(&'v Hole, Span)) {
        match &self.kind {
            Kind::Unknown(hole) => visit(hole, self.span),
            Kind::Text(pieces) => {
                for piece in pieces {
                    if let Piece::Hole(hole) = piece {
                        visit(hole, self.span);
                    }
                }
            }
            Kind::List(items) => items.iter().for_each(|item| item.for_each_hole(visit)),
            Kind::Map(members) => members.iter().for_each(|(_, value)| value.for_each_hole(visit)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        }
    }

    /// The same value at another place: where it is used, when it is written elsewhere.
    pub(in crate::load) fn at(self, span: Span) -> Self {
        let kind = match self.kind {
            Kind::List(items) => Kind::List(items.into_iter().map(|item| item.at(span)).collect()),
            Kind::Map(members) => Kind::Map(
                members
                    .into_iter()
                    .map(|(key, value)| (Spanned::new(key.value, span), value.at(span)))
                    .collect(),
            ),
            other => other,
        };
        Self { span, kind }
    }

    /// The tree, when all of it is known.
    pub(in crate::load) fn known(&self) -> Option<Node> {
        let kind = match &self.kind {
            Kind::Null => NodeKind::Null,
            Kind::Bool(value) => NodeKind::Bool(*value),
            Kind::Number(text) => NodeKind::Number(text.clone()),
            Kind::Text(_) => NodeKind::String(self.as_text()?),
            Kind::List(items) => NodeKind::Array(items.iter().map(Self::known).collect::<Option<_>>()?),
            Kind::Map(members) => {
                let member = |(key, value): &(Spanned<String>, Self)| {
                    Some(Member { key: key.clone(), value: value.known()? })
                };
                NodeKind::Object(members.iter().map(member).collect::<Option<_>>()?)
            }
            Kind::Unknown(_) => return None,
        };
        Some(Node { span: self.span, kind })
    }
}

/// Joins neighbouring literals.
pub(in crate::load) fn joined(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Literal(text)), Piece::Literal(more)) => text.push_str(&more),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}
