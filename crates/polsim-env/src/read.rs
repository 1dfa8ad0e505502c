//! Reading trees into types: every mistake is reported, each at its place, and none hides the next.

use crate::problem::{Problem, ProblemKind};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Source, Span};

/// A type that can be read from a tree.
pub trait FromNode: Sized {
    /// Reads it. `None` when it could not be; why is in `found`.
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self>;

    /// What a field of this type is when it is left out; `None` when it may not be.
    fn absent() -> Option<Self> {
        None
    }
}

/// The problems that were found in one file.
#[derive(Debug)]
pub struct Found<'a> {
    source: &'a Source,
    /// The problems so far.
    pub problems: Vec<Problem>,
}

impl<'a> Found<'a> {
    /// Nothing found yet.
    #[must_use]
    pub fn new(source: &'a Source) -> Self {
        Self { source, problems: Vec::new() }
    }

    /// Adds a problem.
    pub fn push(&mut self, kind: ProblemKind, span: Span) {
        self.problems.push(Problem::new(kind, self.source, span));
    }

    /// Adds a problem with a second place.
    pub fn push_with(&mut self, kind: ProblemKind, span: Span, related: (Span, &'static str)) {
        self.push(kind, span);
        if let Some(last) = self.problems.last_mut() {
            last.related = Some(related);
        }
    }

    /// Adds that a value is of another kind than is read here.
    pub fn wrong_kind(&mut self, wanted: &'static str, node: &Node) {
        let found = match node.kind {
            NodeKind::Null => "nothing",
            NodeKind::Bool(_) => "true or false",
            _ => node.kind_name(),
        };
        self.push(ProblemKind::WrongKind { wanted, found }, node.span);
    }
}

/// The members of an object with fixed fields.
#[derive(Debug)]
pub struct Members<'n> {
    members: &'n [Member],
    span: Span,
}

impl<'n> Members<'n> {
    /// The members of `node`; those that are not `known` are reported, and so are repeated ones.
    pub fn of(node: &'n Node, known: &'static [&'static str], found: &mut Found<'_>) -> Option<Self> {
        let Some(members) = node.members() else {
            found.wrong_kind("an object", node);
            return None;
        };
        report_repeated(members, found);
        for member in members {
            let name = &member.key.value;
            if !known.contains(&name.as_str()) {
                let kind = ProblemKind::UnknownField {
                    name: name.clone(),
                    known,
                    near: nearest(name, known.iter().copied()),
                };
                found.push(kind, member.key.span);
            }
        }
        Some(Self { members, span: node.span })
    }

    /// Reads a field.
    pub fn read<T: FromNode>(&self, name: &'static str, found: &mut Found<'_>) -> Option<T> {
        match self.members.iter().find(|member| member.key.value == name) {
            Some(member) => T::read(&member.value, found),
            None => T::absent().or_else(|| {
                found.push(ProblemKind::MissingField(name), self.span);
                None
            }),
        }
    }
}

/// Reports names that come twice.
pub fn report_repeated(members: &[Member], found: &mut Found<'_>) {
    for (at, member) in members.iter().enumerate() {
        let name = &member.key.value;
        let first = members.iter().take(at).find(|earlier| earlier.key.value == *name);
        if let Some(first) = first {
            let kind = ProblemKind::DuplicateName(name.clone());
            found.push_with(kind, member.key.span, (first.key.span, "first written here"));
        }
    }
}

/// The name that is spelt most like `name`, when one is spelt much like it.
#[must_use]
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    names
        .map(|known| {
            let same = known.eq_ignore_ascii_case(name);
            let likeness = if same { 1.0 } else { strsim::jaro_winkler(name, known) };
            (likeness, known)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known.to_owned())
}

impl<T: FromNode> FromNode for Option<T> {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        T::read(node, found).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let Some(items) = node.items() else {
            found.wrong_kind("a list", node);
            return None;
        };
        // Every item is read, also behind one that could not be.
        let read: Vec<Option<T>> = items.iter().map(|item| T::read(item, found)).collect();
        read.into_iter().collect()
    }
}

impl FromNode for String {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let text = node.as_str();
        if text.is_none() {
            found.wrong_kind("a string", node);
        }
        text.map(str::to_owned)
    }
}

impl FromNode for bool {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        let NodeKind::Bool(value) = node.kind else {
            found.wrong_kind("true or false", node);
            return None;
        };
        Some(value)
    }
}
