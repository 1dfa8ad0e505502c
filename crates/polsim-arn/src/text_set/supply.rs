//! The letters that a word can still get, and those that a pattern still needs.
//!
//! A search tries the literals that wanted patterns have ahead, a fresh letter, and the colon at times. An unwanted
//! pattern with another literal ahead will never match, though its stars keep it going; without it more states are
//! the same.

use crate::token::{Token, fold, unfold};
use rustc_hash::FxHashMap;

/// A set of letters. Letters may share a bit if there are very many; what is missing then is still missing.
pub(super) type Letters = u128;

/// The bit of letters that no wanted pattern has.
const NEVER: u32 = Letters::BITS - 1;

#[derive(Debug, Default)]
pub(super) struct Supply {
    numbers: FxHashMap<char, u32>,
}

impl Supply {
    /// The letters that a token of a wanted pattern makes the search try.
    pub(super) fn offered(&mut self, token: Token) -> Letters {
        match token {
            Token::Literal(c) => self.offer(c),
            Token::Folded(c) => unfold(c).into_iter().fold(0, |all, c| all | self.offer(c)),
            Token::One(_) | Token::Many(_) => 0,
        }
    }

    pub(super) fn offer(&mut self, c: char) -> Letters {
        let next = u32::try_from(self.numbers.len()).unwrap_or(0) % NEVER;
        1 << *self.numbers.entry(c).or_insert(next)
    }

    /// The letter that a token of an unwanted pattern cannot do without.
    pub(super) fn needed(&self, token: Token) -> Letters {
        match token {
            Token::Literal(c) => 1 << self.numbers.get(&c).unwrap_or(&NEVER),
            // Any form of the letter will do, so it is missing only if none is there.
            Token::Folded(c) if !self.numbers.keys().any(|offered| fold(*offered) == c) => 1 << NEVER,
            Token::Folded(_) | Token::One(_) | Token::Many(_) => 0,
        }
    }
}
