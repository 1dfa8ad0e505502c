//! Members of a set that a person likes to read.

use super::TextSet;
use super::automaton::Letter;
use super::search::Word;
use crate::{Pattern, Token, fold};

/// Plain letters first; they are tried for the places that a set leaves free.
const PLAIN: &str = "xyzabcdefghijklmnopqrstuvw0123456789-_./XYZABCDEFGHIJKLMNOPQRSTUVW+=,@ ";

/// Words to put for a star, in order of preference.
const FILLERS: [&str; 4] = ["example", "x", "", "1"];

/// How many patterns are tried: each is held against the whole set.
const MOST_GUESSES: usize = 24;

/// Writes a word down, each free letter as a plain one if that keeps it a member.
pub(super) fn spell(word: &Word, set: &TextSet) -> String {
    let with = |fresh: char| -> String {
        word.iter().map(|letter| if let Letter::Char(c) = letter { *c } else { fresh }).collect()
    };
    let plain = PLAIN.chars().map(with).find(|text| set.contains(text));
    plain.unwrap_or_else(|| with(unnamed(set)))
}

/// A character that the set does not name. There are more characters than any text that fits a machine's policies can
/// name, and the search has shown that the word is a member for each of them.
fn unnamed(set: &TextSet) -> char {
    let named = |c: char| {
        let mut found = false;
        set.visit_patterns(&mut |pattern| found |= is_named(pattern, c));
        found
    };
    ('\u{e000}'..=char::MAX).find(|c| !named(*c)).unwrap_or('\u{e000}')
}

fn is_named(pattern: &Pattern, c: char) -> bool {
    pattern.tokens().iter().any(|token| match token {
        Token::Literal(literal) => *literal == c,
        Token::Folded(folded) => fold(c) == *folded,
        Token::One(_) | Token::Many(_) => false,
    })
}

/// A hint, or a pattern of the set with its stars filled, that is a member.
pub(super) fn guess(set: &TextSet, hints: &[&str]) -> Option<String> {
    if let Some(hint) = hints.iter().find(|hint| set.contains(hint)) {
        return Some((*hint).to_owned());
    }
    let mut wanted = Vec::new();
    set.wanted(true, MOST_GUESSES, &mut wanted);
    wanted.iter().find_map(|pattern| {
        FILLERS.iter().map(|filler| pattern.fill(filler, 'x')).find(|text| set.contains(text))
    })
}
