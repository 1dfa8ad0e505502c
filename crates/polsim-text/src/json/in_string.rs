//! From offsets in a decoded string back to places in its raw text, so that part of a string can be underlined.

use crate::{Source, Span};
use std::ops::Range;

/// One character of a string's raw inside: itself, or an escape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The bytes of the raw inside that write it.
    pub(super) raw: Range<usize>,
    /// What they stand for; `None` for half of a surrogate pair or a broken escape.
    pub(super) character: Option<char>,
}

/// The characters of a string's raw inside (between the quotes), in order.
pub(super) fn pieces(inner: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = inner.get(at..)?;
        let first = rest.chars().next()?;
        let (character, length) = if first == '\\' { escape(rest) } else { (Some(first), first.len_utf8()) };
        let raw = at..at + length;
        at = raw.end;
        Some(Piece { raw, character })
    })
}

/// The character that the escape at the beginning of `rest` writes, and the escape's length.
fn escape(rest: &str) -> (Option<char>, usize) {
    let Some(letter) = rest.chars().nth(1) else {
        return (None, 1);
    };
    let plain = |character| (Some(character), 2);
    match letter {
        '"' | '\\' | '/' => plain(letter),
        'b' => plain('\u{8}'),
        'f' => plain('\u{c}'),
        'n' => plain('\n'),
        'r' => plain('\r'),
        't' => plain('\t'),
        'u' => match code_unit(rest) {
            None => (None, 2),
            Some(high @ 0xD800..0xDC00) => match rest.get(6..).and_then(code_unit) {
                Some(low @ 0xDC00..0xE000) => {
                    (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12)
                }
                _ => (None, 6),
            },
            Some(unit) => (char::from_u32(unit), 6),
        },
        other => (None, 1 + other.len_utf8()),
    }
}

/// The number of `\uXXXX` at the beginning of `rest`.
fn code_unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    u32::from_str_radix(digits, 16).ok()
}

/// The place in the raw text of the bytes `decoded` of a decoded string, whose own place (quotes included) is
/// `string`. Escapes count as they are written; a border inside a character moves out to the character's border.
/// When `string` is no string of this source the answer is `string`.
#[must_use]
pub fn span_in_string(source: &Source, string: Span, decoded: Range<usize>) -> Span {
    let raw = source.slice(string);
    let Some(inner) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return string;
    };
    let offset = string.start() + 1;
    let (mut start, mut end, mut read) = (None, None, 0);
    for piece in pieces(inner) {
        let next = read + piece.character.map_or(char::REPLACEMENT_CHARACTER.len_utf8(), char::len_utf8);
        if start.is_none() && decoded.start < next {
            start = Some(piece.raw.start);
        }
        if end.is_none() && decoded.end <= read {
            end = Some(piece.raw.start);
        }
        read = next;
    }
    let start = start.unwrap_or(inner.len());
    Span::new(offset + start, offset + end.unwrap_or(inner.len()).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn underlined(raw: &str, decoded: Range<usize>) -> String {
        let source = Source::new("a", raw);
        source.slice(span_in_string(&source, Span::new(0, raw.len()), decoded)).to_owned()
    }

    #[test]
    fn escapes_count_as_they_are_written() {
        assert_eq!(underlined(r#""a\nb\u0142c""#, 0..1), "a");
        assert_eq!(underlined(r#""a\nb\u0142c""#, 1..2), r"\n");
        assert_eq!(underlined(r#""a\nb\u0142c""#, 3..5), r"\u0142");
        assert_eq!(underlined(r#""a\nb\u0142c""#, 5..6), "c");
        assert_eq!(underlined(r#""\ud83d\ude00x""#, 4..5), "x");
        assert_eq!(underlined(r#""\ud83d\ude00x""#, 0..4), r"\ud83d\ude00");
    }

    #[test]
    fn borders_inside_a_character_move_out() {
        assert_eq!(underlined("\"ł\"", 0..1), "ł");
        assert_eq!(underlined("\"ałb\"", 2..3), "ł");
    }

    #[test]
    fn the_end_and_past_it_are_empty() {
        assert_eq!(underlined("\"abc\"", 3..3), "");
        assert_eq!(underlined("\"abc\"", 9..12), "");
        let source = Source::new("a", "\"abc\"");
        assert_eq!(span_in_string(&source, Span::new(0, 5), 3..3), Span::at(4));
    }
}
