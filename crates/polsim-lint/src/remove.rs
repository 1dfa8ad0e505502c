//! Taking something out of a list or an object, with the comma and the blanks that go with it.

use polsim_text::json::Node;
use polsim_text::{Edit, Source, Span};

/// Removes the item at an index from a list. The last one leaves an empty list.
#[must_use]
pub fn remove_item(source: &Source, list: &Node, index: usize) -> Option<Edit> {
    let spans: Vec<Span> = list.items()?.iter().map(|item| item.span).collect();
    remove(source, list.span, &spans, index)
}

/// Removes the member at an index from an object.
#[must_use]
pub fn remove_member(source: &Source, object: &Node, index: usize) -> Option<Edit> {
    let members = object.members()?.iter();
    let spans: Vec<Span> = members.map(|member| member.key.span.to(member.value.span)).collect();
    remove(source, object.span, &spans, index)
}

fn remove(source: &Source, whole: Span, spans: &[Span], index: usize) -> Option<Edit> {
    let this = *spans.get(index)?;
    let before = index.checked_sub(1).and_then(|at| spans.get(at));
    Some(Edit::remove(match (before, spans.get(index + 1)) {
        // From the end of what stands before, so that what follows keeps its line.
        (Some(before), _) => Span::new(before.end(), this.end()),
        // The first one goes up to the next, which takes its place.
        (None, Some(next)) => Span::new(this.start(), next.start()),
        (None, None) => inside(source, whole),
    }))
}

/// What stands between the brackets.
fn inside(source: &Source, whole: Span) -> Span {
    debug_assert!(source.slice(whole).starts_with(['[', '{']));
    Span::new(whole.start() + 1, whole.end().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_text::{Limits, json};

    fn without(text: &str, index: usize) -> String {
        let source = Source::new("a", text);
        let parsed = json::parse(&source, &Limits::default());
        let node = &parsed.documents[0];
        let edit = if node.items().is_some() {
            remove_item(&source, node, index)
        } else {
            remove_member(&source, node, index)
        };
        Edit::apply(&[edit.unwrap()], text).unwrap()
    }

    #[test]
    fn an_item_goes_with_its_comma() {
        assert_eq!(without("[1, 2, 3]", 0), "[2, 3]");
        assert_eq!(without("[1, 2, 3]", 1), "[1, 3]");
        assert_eq!(without("[1, 2, 3]", 2), "[1, 2]");
        assert_eq!(without("[ 1 ]", 0), "[]");
        assert_eq!(without("[\n  1,\n  2\n]", 1), "[\n  1\n]");
        assert_eq!(without("{\"a\": 1,\n \"b\": 2}", 0), "{\"b\": 2}");
        assert_eq!(without("{\"a\": 1,\n \"b\": 2}", 1), "{\"a\": 1}");
    }
}
