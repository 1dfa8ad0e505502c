//! Whether all that one row of tokens matches is matched by another: a walk that lays the one along the other.
//!
//! The walk is always right when it says yes. Its no is right where [`is_decisive`] says so: the letters that a
//! wildcard stands for can be taken fresh, so each literal of the wider row has to lie on a literal of the narrower
//! one, and its gaps are wide enough if they are for the shortest filling of the other's stars. What it cannot see is
//! that different fillings may need different ways to lie, which takes wildcards of two classes, or a letter in either
//! case.

use crate::token::{Class, Token, fold, unfold};

/// The star to go back to: where the wide row goes on behind it, and how much of the narrow one it has taken.
struct Retry {
    after: usize,
    taken: usize,
    class: Class,
}

/// Whether `wide` can be laid along `narrow`. At most as many steps as the product of both lengths; no allocation.
pub(crate) fn covers(wide: &[Token], narrow: &[Token]) -> bool {
    let mut retry: Option<Retry> = None;
    let (mut at, mut taken) = (0, 0);
    loop {
        match (wide.get(at), narrow.get(taken)) {
            (None, None) => return true,
            (Some(Token::Many(class)), _) => {
                if at + 1 == wide.len() && *class == Class::Any {
                    return true;
                }
                retry = Some(Retry { after: at + 1, taken, class: *class });
                at += 1;
                continue;
            }
            // Before a star a `?` only counts: a star of the other row goes to that star, and counts for none.
            (Some(Token::One(class)), Some(token @ Token::Many(_)))
                if takes(*class, *token) && counts_only(wide.get(at..).unwrap_or_default(), *class) =>
            {
                taken += 1;
                continue;
            }
            (Some(wide), Some(narrow)) if lies_on(*wide, *narrow) => {
                at += 1;
                taken += 1;
                continue;
            }
            _ => {}
        }
        let Some(star) = &mut retry else { return false };
        match narrow.get(star.taken) {
            Some(token) if takes(star.class, *token) => star.taken += 1,
            _ => return false,
        }
        at = star.after;
        taken = star.taken;
    }
}

/// Whether a no of [`covers`] is right too: the wide row has wildcards over all characters only, or both are ARNs, part
/// by part; and the narrow row has no letter that stands for several.
pub(crate) fn is_decisive(wide: &[Token], narrow: &[Token]) -> bool {
    let has_one_form =
        |token: &Token| if let Token::Folded(folded) = token { is_alone(*folded) } else { true };
    narrow.iter().all(has_one_form)
        && (!wide.iter().any(|token| class_of(*token) == Some(Class::NotColon))
            || (is_in_parts(wide) && is_in_parts(narrow)))
}

/// Five parts between colons that no wildcard passes, then one in which wildcards stop at nothing (S2.3.5).
fn is_in_parts(tokens: &[Token]) -> bool {
    let mut colons = 0;
    let mut in_order = tokens.iter().all(|token| {
        colons += usize::from(matches!(token, Token::Literal(':') | Token::Folded(':')));
        class_of(*token).is_none_or(|class| (class == Class::NotColon) == (colons < 5))
    });
    in_order &= colons >= 5;
    in_order
}

fn class_of(token: Token) -> Option<Class> {
    match token {
        Token::One(class) | Token::Many(class) => Some(class),
        Token::Literal(_) | Token::Folded(_) => None,
    }
}

/// Whether the row is a run of `?` with a star of the same class behind it.
fn counts_only(row: &[Token], class: Class) -> bool {
    row.iter().find(|token| **token != Token::One(class)) == Some(&Token::Many(class))
}

/// Whether a wildcard of the class can stand for whatever the token stands for.
fn takes(class: Class, token: Token) -> bool {
    match token {
        Token::Literal(c) | Token::Folded(c) => class.admits(c),
        Token::One(other) | Token::Many(other) => class == Class::Any || other == Class::NotColon,
    }
}

/// Whether the one token of the wide row matches each character that the one of the narrow row does.
fn lies_on(wide: Token, narrow: Token) -> bool {
    match (wide, narrow) {
        (_, Token::Many(_)) | (Token::Many(_), _) => false,
        (Token::One(class), token) => takes(class, token),
        (Token::Literal(a), Token::Literal(b)) | (Token::Folded(a), Token::Folded(b)) => a == b,
        (Token::Literal(a), Token::Folded(b)) => a == b && is_alone(b),
        (Token::Folded(a), Token::Literal(b)) => a == fold(b),
        (Token::Literal(_) | Token::Folded(_), Token::One(_)) => false,
    }
}

/// Whether a folded character has no other form.
fn is_alone(folded: char) -> bool {
    if folded.is_ascii() { !folded.is_ascii_lowercase() } else { unfold(folded).len() == 1 }
}
