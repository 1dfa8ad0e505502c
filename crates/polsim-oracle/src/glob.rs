//! The glob primitive (S2.1).

/// One element of a pattern after variables and escapes have been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `*`: any sequence of characters, the empty one too.
    AnyRun,
    /// `?`: exactly one character.
    AnyOne,
    /// This character.
    Char(char),
}

/// Whether the pattern matches the whole of the text (S2.1.1, S2.1.2). `reached` says, for every number of leading
/// characters of the text, whether the tokens so far match exactly those; the text's own `*` and `?` are text (S2.1.3).
pub(crate) fn matches(pattern: &[Token], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut reached: Vec<bool> = std::iter::once(true).chain(text.iter().map(|_| false)).collect();
    for token in pattern {
        reached = match token {
            Token::AnyRun => and_all_later(&reached),
            Token::AnyOne => one_later(&reached, &text, |_| true),
            Token::Char(wanted) => one_later(&reached, &text, |c| c == *wanted),
        };
    }
    reached.last().copied().unwrap_or(false)
}

/// Every reached position, and every later one.
fn and_all_later(reached: &[bool]) -> Vec<bool> {
    let mut seen = false;
    reached
        .iter()
        .map(|here| {
            seen = seen || *here;
            seen
        })
        .collect()
}

/// The position behind one accepted character.
fn one_later(reached: &[bool], text: &[char], accepts: impl Fn(char) -> bool) -> Vec<bool> {
    let behind = reached.iter().zip(text).map(|(before, c)| *before && accepts(*c));
    std::iter::once(false).chain(behind).collect()
}

/// A pattern without variables or escapes: `*` and `?` are wildcards, all else is text.
pub(crate) fn plain(pattern: &str) -> Vec<Token> {
    pattern.chars().map(wildcard_or_char).collect()
}

/// What a character of a policy's pattern stands for (S2.1.1).
pub(crate) fn wildcard_or_char(c: char) -> Token {
    match c {
        '*' => Token::AnyRun,
        '?' => Token::AnyOne,
        other => Token::Char(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glob(pattern: &str, text: &str) -> bool {
        matches(&plain(pattern), text)
    }

    #[test]
    fn s2_1_1_star_is_any_run_and_question_mark_one_character() {
        assert!(glob("a*c", "ac") && glob("a*c", "abbc") && glob("*", ""));
        assert!(glob("a?c", "abc") && !glob("a?c", "ac") && !glob("a?c", "abbc"));
        assert!(glob("[a]\\", "[a]\\") && !glob("[a]", "a"));
    }

    #[test]
    fn s2_1_2_anchored_and_in_unicode_scalars() {
        assert!(!glob("a", "ab") && !glob("a", "ba") && glob("?", "ł"));
        assert!(glob("", "") && !glob("", "a"));
    }

    #[test]
    fn s2_1_3_wildcards_in_the_text_are_text() {
        assert!(!glob("ab", "a*") && glob("a*", "a*"));
    }

    #[test]
    fn s2_1_4_many_stars_end() {
        assert!(!glob(&("*a".repeat(60) + "b"), &"a".repeat(300)));
    }
}
