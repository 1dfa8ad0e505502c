//! Texts whose words have no common order: some get words of their own, and are asked less.
//!
//! What the others leave is all that there can be, so that nothing is found there only if there is nothing. Words that
//! are found tell what to try: each value of a word or of its doubles, for all of them.

use polsim_arn::{Joint, Piece};

/// What is left to ask when words were doubled.
pub(super) struct Relaxed {
    pub(super) joint: Joint,
    /// Each word that was doubled, with a double.
    pub(super) doubles: Vec<(usize, usize)>,
}

/// The same with doubles of words where these have no order.
pub(super) fn relaxed(joint: &Joint) -> Relaxed {
    let mut kept = Joint { words: joint.words, texts: Vec::new(), keeps_colons: joint.keeps_colons };
    let mut doubles = Vec::new();
    for (pieces, set) in &joint.texts {
        kept.texts.push((pieces.clone(), set.clone()));
        if kept.has_order() {
            continue;
        }
        if let Some((pieces, _)) = kept.texts.last_mut() {
            for piece in pieces.iter_mut() {
                let Some(word) = piece.word() else { continue };
                let double = kept.words;
                kept.words += 1;
                doubles.push((word, double));
                *piece = match piece {
                    // A letter case of its own.
                    Piece::Alike(..) => Piece::Alike(double, usize::MAX - double),
                    _ => Piece::Word(double),
                };
            }
        }
    }
    // What is asked of a word alone is asked of its doubles.
    for (word, double) in &doubles {
        let alone = joint.texts.iter().filter(|(pieces, _)| pieces.as_slice() == [Piece::Word(*word)]);
        kept.texts.extend(alone.map(|(_, set)| (vec![Piece::Word(*double)], set.clone())));
    }
    Relaxed { joint: kept, doubles }
}
