//! Places of forbidden patterns with the same tokens ahead, as one place.
//!
//! What is forbidden is a union, so it does not matter whose end a word comes to. Long searches meet the same ends in
//! many patterns, and states that differ in nothing else are then the same. The table takes a moment to make, so short
//! searches go without.

use super::place::Place;
use crate::token::Token;
use rustc_hash::FxHashMap;

/// For each place the first one with the same tokens ahead; empty until it is made.
#[derive(Debug, Default)]
pub(super) struct Tails {
    start: Place,
    first: Vec<Place>,
}

impl Tails {
    /// For the places from `start` on; a token of `None` ends a pattern.
    pub(super) fn new(start: Place, tokens: &[Option<Token>]) -> Self {
        let mut known: FxHashMap<(Option<Token>, Place), Place> = FxHashMap::default();
        let mut first = vec![start; tokens.len()];
        let mut behind = Place::MAX;
        let places = (start..).take(tokens.len()).collect::<Vec<_>>();
        for ((token, place), slot) in tokens.iter().zip(places).zip(&mut first).rev() {
            if token.is_none() {
                behind = Place::MAX;
            }
            behind = *known.entry((*token, behind)).or_insert(place);
            *slot = behind;
        }
        Self { start, first }
    }

    pub(super) fn is_made(&self) -> bool {
        !self.first.is_empty()
    }

    /// Puts the first of its kind for each place of a list, which stays in order.
    pub(super) fn share(&self, state: &mut Vec<Place>) {
        let mut is_changed = false;
        for place in state.iter_mut() {
            let at = place.checked_sub(self.start);
            if let Some(first) = at.and_then(|at| self.first.get(at as usize)).filter(|first| *first != place)
            {
                *place = *first;
                is_changed = true;
            }
        }
        if is_changed {
            state.sort_unstable();
            state.dedup();
        }
    }
}
