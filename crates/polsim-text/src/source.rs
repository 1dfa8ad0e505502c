//! One text with its name, and where its lines begin.

use crate::Span;
use std::sync::Arc;

/// A text that was read from somewhere, cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    name: String,
    text: String,
}

/// A place for people: line and column, both counted from one, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
}

/// Bytes that are no UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the byte at offset {offset} is not UTF-8")]
pub struct InvalidUtf8 {
    /// The first byte that does not fit.
    pub offset: usize,
}

impl Source {
    /// A text and the name that people know it by (a path, or `<stdin>`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { inner: Arc::new(Inner { name: name.into(), text: text.into() }) }
    }

    /// A text from the bytes of a file.
    ///
    /// # Errors
    /// [`InvalidUtf8`] when the bytes are no UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, InvalidUtf8> {
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => Err(InvalidUtf8 { offset: error.utf8_error().valid_up_to() }),
        }
    }

    /// The name that people know it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// Whether both are one and the same text, not only equal ones.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// The text of a span; empty when the span does not lie on character borders of this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.start()..span.end()).unwrap_or("")
    }

    /// Line and column of a byte offset. An offset past the end is the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text().len());
        while !self.text().is_char_boundary(offset) {
            offset -= 1;
        }
        let before = self.text().get(..offset).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        Position { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let source = Source::new("a.json", "{\n  \"ł\": 1\n}");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        let after_l = source.text().find("\": 1").unwrap();
        assert_eq!(source.position(after_l), Position { line: 2, column: 5 });
        assert_eq!(source.position(999), Position { line: 3, column: 2 });
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused_with_their_place() {
        assert_eq!(Source::from_bytes("a", b"ok".to_vec()).unwrap().text(), "ok");
        assert_eq!(Source::from_bytes("a", b"ab\xff".to_vec()).unwrap_err(), InvalidUtf8 { offset: 2 });
    }

    #[test]
    fn a_span_off_the_borders_reads_as_empty() {
        let source = Source::new("a", "ł");
        assert_eq!(source.slice(Span::new(1, 2)), "");
        assert_eq!(source.slice(Span::new(0, 2)), "ł");
    }
}
