//! From a place in a text to the way through its tree that leads there.

use super::node::{Member, Node, NodeKind};
use crate::Span;

/// One step into a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'n> {
    /// Into the member of an object.
    Name(&'n str),
    /// Into the element of a list, counted from zero.
    Index(usize),
}

/// The steps to the innermost value that holds a place. The key of a member counts as its value.
#[must_use]
pub fn path_to(node: &Node, place: Span) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut node = node;
    while let Some((step, inner)) = step_to(node, place) {
        steps.push(step);
        node = inner;
    }
    steps
}

fn step_to(node: &Node, place: Span) -> Option<(Step<'_>, &Node)> {
    match &node.kind {
        NodeKind::Array(items) => {
            let at = items.iter().position(|item| item.span.contains(place))?;
            Some((Step::Index(at), items.get(at)?))
        }
        NodeKind::Object(members) => {
            let whole = |member: &&Member| member.key.span.to(member.value.span).contains(place);
            let member = members.iter().find(whole)?;
            Some((Step::Name(&member.key.value), &member.value))
        }
        _ => None,
    }
}

/// Steps as a JSON pointer (RFC 6901).
#[must_use]
pub fn pointer(steps: &[Step<'_>]) -> String {
    let escaped = |step: &Step<'_>| match step {
        Step::Name(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        Step::Index(index) => format!("/{index}"),
    };
    steps.iter().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Source, json};

    #[test]
    fn the_innermost_value_is_found() {
        let text = r#"{"a/b": [1, {"c": "deep"}], "d": 2}"#;
        let parsed = json::parse(&Source::new("a", text), &Limits::default());
        let to = |word: &str| {
            let at = text.find(word).unwrap();
            pointer(&path_to(&parsed.documents[0], Span::new(at, at + word.len())))
        };
        assert_eq!(to("deep"), "/a~1b/1/c");
        assert_eq!(to("\"c\""), "/a~1b/1/c");
        assert_eq!(to("[1, {"), "/a~1b");
        assert_eq!(to("2"), "/d");
        assert_eq!(to(text), "");
    }
}
