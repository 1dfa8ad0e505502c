//! Changes to a text by place, so that everything else in it stays as it was laid out.

use crate::Span;

/// One change: what stands at a place is replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes; an empty place is one to insert at.
    pub span: Span,
    /// What comes instead; empty to remove.
    pub text: String,
}

impl Edit {
    /// Replaces what stands at a place.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Removes what stands at a place.
    #[must_use]
    pub fn remove(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// Inserts at an offset.
    #[must_use]
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }

    /// The text with all edits made; `None` when two of them overlap or one lies off the text.
    #[must_use]
    pub fn apply(edits: &[Self], text: &str) -> Option<String> {
        let mut edits: Vec<&Self> = edits.iter().collect();
        edits.sort_by_key(|edit| edit.span);
        let mut edited = String::with_capacity(text.len());
        let mut done = 0;
        for edit in edits {
            // Offsets before `done` were replaced already: `get` refuses a range that runs backwards.
            edited.push_str(text.get(done..edit.span.start())?);
            edited.push_str(&edit.text);
            done = edit.span.end();
        }
        edited.push_str(text.get(done..)?);
        Some(edited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_together_whatever_their_order() {
        let edits =
            [Edit::remove(Span::new(4, 6)), Edit::replace(Span::new(0, 1), "AA"), Edit::insert(3, "-")];
        assert_eq!(Edit::apply(&edits, "abcdef"), Some("AAbc-d".to_owned()));
        assert_eq!(Edit::apply(&[], "abc"), Some("abc".to_owned()));
    }

    #[test]
    fn edits_that_overlap_or_lie_off_the_text_are_refused() {
        let overlapping = [Edit::remove(Span::new(0, 3)), Edit::remove(Span::new(2, 4))];
        assert_eq!(Edit::apply(&overlapping, "abcdef"), None);
        assert_eq!(Edit::apply(&[Edit::insert(9, "x")], "abc"), None);
        assert_eq!(Edit::apply(&[Edit::remove(Span::new(1, 2))], "ł"), None);
    }
}
