//! Whether two rows of tokens match a text in common: both are walked at once, the places of one row for each place of
//! the other, kept as bits.

use crate::token::{Token, fold};

/// Rows of up to this many words of bits need no allocation.
const WORDS_AT_HAND: usize = 4;

/// Whether some text matches both. As many steps as the product of both lengths at most; no allocation when one of
/// them has fewer than 256 tokens.
pub(crate) fn overlap(a: &[Token], b: &[Token]) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let words = short.len() / 64 + 1;
    if words <= WORDS_AT_HAND {
        walk(long, short, &mut [0; WORDS_AT_HAND], &mut [0; WORDS_AT_HAND])
    } else {
        walk(long, short, &mut vec![0; words], &mut vec![0; words])
    }
}

/// `here` are the places of `short` that can be reached together with the present place of `long`.
fn walk<'b>(long: &[Token], short: &[Token], mut here: &'b mut [u64], mut behind: &'b mut [u64]) -> bool {
    add(here, 0);
    for token in long {
        behind.fill(0);
        let mut is_anywhere = false;
        for at in 0..=short.len() {
            if !has(here, at) {
                continue;
            }
            is_anywhere = true;
            let other = short.get(at);
            if let Some(Token::Many(_)) = other {
                add(here, at + 1);
            }
            let may_meet = other.is_some_and(|other| meet(*token, *other));
            match (token, other) {
                (Token::Many(_), Some(Token::Many(_))) => add(behind, at),
                (Token::Many(_), _) => {
                    add(behind, at);
                    if may_meet {
                        add(here, at + 1);
                    }
                }
                (_, Some(Token::Many(_))) if may_meet => add(behind, at),
                _ if may_meet => add(behind, at + 1),
                _ => {}
            }
        }
        if !is_anywhere {
            return false;
        }
        std::mem::swap(&mut here, &mut behind);
    }
    (0..short.len()).for_each(|at| {
        if has(here, at) && matches!(short.get(at), Some(Token::Many(_))) {
            add(here, at + 1);
        }
    });
    has(here, short.len())
}

/// Whether some character fits both tokens; a star is asked for one character of its run.
fn meet(a: Token, b: Token) -> bool {
    match (a, b) {
        (Token::Literal(a), Token::Literal(b)) | (Token::Folded(a), Token::Folded(b)) => a == b,
        (Token::Literal(c), Token::Folded(folded)) | (Token::Folded(folded), Token::Literal(c)) => {
            fold(c) == folded
        }
        (Token::One(class) | Token::Many(class), Token::Literal(c) | Token::Folded(c))
        | (Token::Literal(c) | Token::Folded(c), Token::One(class) | Token::Many(class)) => class.admits(c),
        (Token::One(_) | Token::Many(_), Token::One(_) | Token::Many(_)) => true,
    }
}

fn has(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

fn add(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}
