//! Text from files and arguments, made safe to print.
//!
//! A policy can hold escape sequences that move the cursor or marks that turn the direction of writing; printed as
//! they are, they could make a Deny look like an Allow.

use std::borrow::Cow;

/// A character as it is printed.
pub(crate) fn harmless_char(c: char) -> char {
    match c {
        '\t' => '\t',
        '\u{7f}' => '\u{2421}',
        // The pictures of the control characters.
        c if c < ' ' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        // No characters at all, says Unicode; a page that holds them is not well-formed.
        | '\u{fdd0}'..='\u{fdef}' => '\u{fffd}',
        c if u32::from(c) & 0xfffe == 0xfffe => '\u{fffd}',
        c => c,
    }
}

/// A text of one line as it is printed.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| harmless_char(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(harmless_char).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_obeys() {
        assert_eq!(harmless("\u{1b}[31mred\u{7}"), "␛[31mred␇");
        assert_eq!(harmless("a\u{202e}b\nc"), "a\u{fffd}b␊c");
        assert!(matches!(harmless("plain, łódź, 漢"), Cow::Borrowed(_)));
    }
}
