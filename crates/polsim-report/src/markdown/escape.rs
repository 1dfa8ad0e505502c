//! Text from policies in Markdown: as text, and in a code span.
//!
//! A newcomer would doubt so many backslashes. On GitHub a name can be an element, an image that tells who looked, a
//! mention that calls people, or a bar that ends the cell; each of these has to stay a name.

use crate::harmless::harmless;

/// The zero-width blank that keeps a name behind `@` from being called.
const APART: char = '\u{200b}';

/// A text. Backticks of ours, which hold names, become code spans.
pub(super) fn text(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let paired = if parts.len() % 2 == 1 { parts.len() } else { parts.len() - 1 };
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at >= paired {
            out.push_str("\\`");
            out.push_str(&plain(part));
        } else if at % 2 == 1 {
            out.push_str(&code(part));
        } else {
            out.push_str(&plain(part));
        }
    }
    out
}

/// A text without code spans.
pub(super) fn plain(text: &str) -> String {
    let text = harmless(text);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or("");
        let is_link = rest.starts_with("://") || (c == '.' && before == Some('w'));
        // A list or a heading begins only at the beginning.
        let is_first = at == 0 && matches!(c, '-' | '+' | '=' | '.' | ')' | '0'..='9');
        match c {
            '\t' => out.push(' '),
            '@' => out.extend(['\\', '@', APART]),
            '0'..='9' if is_first => {
                // `1.` begins a list; the number alone cannot be escaped, what follows it can.
                out.push(c);
            }
            '.' | ')'
                if before.is_some_and(|c: char| c.is_ascii_digit())
                    && out.chars().all(|c| c.is_ascii_digit()) =>
            {
                out.extend(['\\', c]);
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' | '!' => {
                out.extend(['\\', c])
            }
            c if is_link || is_first => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// A code span, which holds in a table too.
pub(super) fn code(text: &str) -> String {
    let text = harmless(text).replace('\t', " ");
    if text.trim().is_empty() {
        return "` `".to_owned();
    }
    if text.contains("\\|") {
        // A table would be cut at this bar, or show a backslash too many: only as text it can be told.
        return plain(&text);
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A backtick at either end would be taken for the fence; one blank at both ends is taken off again.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    // GitHub cuts tables before it reads code, and puts the bar back.
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_name_is_markup() {
        assert_eq!(plain("<img src=x>"), "\\<img src=x\\>");
        assert_eq!(plain("a|b"), "a\\|b");
        assert_eq!(plain("@octocat"), format!("\\@{APART}octocat"));
        assert_eq!(plain("see https://example.com"), "see https\\://example.com");
        assert_eq!(plain("www.example.com"), "www\\.example.com");
        assert_eq!(plain("- a"), "\\- a");
        assert_eq!(plain("12. a"), "12\\. a");
        assert_eq!(plain("a\n# b"), "a␊\\# b");
        assert_eq!(plain("\u{202e}"), "\u{fffd}");
    }

    #[test]
    fn a_code_span_has_a_fence_that_its_text_has_not() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a\\|b"), "a\\\\\\|b");
        assert_eq!(code(""), "` `");
    }

    #[test]
    fn backticks_of_sentences_hold_code() {
        assert_eq!(text("Deny `A_b` applies"), "Deny `A_b` applies");
        assert_eq!(text("odd ` one"), "odd \\` one");
    }
}
