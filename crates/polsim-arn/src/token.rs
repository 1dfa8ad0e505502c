//! The letters of a pattern: literals and wildcards.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// One unit of a [`Pattern`](crate::Pattern).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {
    /// Exactly this character.
    Literal(char),
    /// This character in either letter case; held in its [folded](fold) form.
    Folded(char),
    /// Any one character of the class.
    One(Class),
    /// Any run of characters of the class, the empty one too.
    Many(Class),
}

/// Which characters a wildcard stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Every character.
    Any,
    /// Every character but the colon: wildcards in the first five parts of an ARN (S2.3.5, S3.10.2).
    NotColon,
}

impl Class {
    /// Whether the wildcard can stand for `c`.
    #[must_use]
    pub fn admits(self, c: char) -> bool {
        self == Self::Any || c != ':'
    }
}

impl Token {
    /// Whether the token, if it is no `Many`, matches this one character.
    pub(crate) fn admits(self, c: char) -> bool {
        match self {
            Self::Literal(literal) => literal == c,
            Self::Folded(folded) => fold(c) == folded,
            Self::One(class) | Self::Many(class) => class.admits(c),
        }
    }
}

/// Simple case folding: the lower-case form where that is one character, else the character itself (S3.4.2).
#[must_use]
pub fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

/// All characters whose folded form is `folded`, so that a search over sets of strings misses none.
#[must_use]
pub fn unfold(folded: char) -> Vec<char> {
    match folded {
        // The Kelvin sign is the only character outside of ASCII that folds into it.
        'k' => vec!['K', 'k', '\u{212A}'],
        'a'..='z' => vec![folded.to_ascii_uppercase(), folded],
        _ if folded.is_ascii() => vec![folded],
        _ => unfold_beyond_ascii().get(&folded).cloned().unwrap_or_else(|| vec![folded]),
    }
}

/// Folded characters outside of ASCII that have other forms. Made on first use: policies hardly ever need it.
fn unfold_beyond_ascii() -> &'static FxHashMap<char, Vec<char>> {
    static TABLE: OnceLock<FxHashMap<char, Vec<char>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: FxHashMap<char, Vec<char>> = FxHashMap::default();
        for c in ('\u{80}'..=char::MAX).filter(|c| fold(*c) != *c) {
            table.entry(fold(c)).or_insert_with(|| vec![fold(c)]).push(c);
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn s3_4_2_unfold_finds_every_character_that_folds_to_a_letter() {
        let mut by_folded: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for c in '\0'..=char::MAX {
            by_folded.entry(fold(c)).or_default().push(c);
        }
        for (folded, all) in by_folded {
            let mut unfolded = unfold(folded);
            unfolded.sort_unstable();
            assert_eq!(unfolded, all, "{folded:?}");
        }
    }
}
