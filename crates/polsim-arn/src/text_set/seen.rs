//! The states that a search has reached, and which new ones are worth following.
//!
//! A state is not followed if an earlier one has the same places of wanted patterns and no place of an unwanted one
//! that it has not: every member that can be reached from the new one can be reached from the earlier one, by a word
//! that is no longer.

use super::automaton::Letter;
use super::place::Place;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// How many earlier states a new one is compared with. More find more, but each takes time.
const COMPARED: usize = 128;

const NOBODY: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The places of all states, one behind the other.
    places: Vec<Place>,
    states: Vec<State>,
    /// The last state with this hash.
    by_places: FxHashMap<u64, u32>,
    /// The last state whose wanted places have this hash.
    by_wanted: FxHashMap<u64, u32>,
}

#[derive(Debug)]
struct State {
    start: usize,
    end: usize,
    /// How many of the places are wanted ones.
    wanted: usize,
    /// The unwanted places, each as one of 64 bits.
    signature: u64,
    same_places: u32,
    same_wanted: u32,
    from: u32,
    letter: Letter,
}

impl Seen {
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// Copies the places of a state.
    pub(super) fn copy(&self, number: usize, into: &mut Vec<Place>) {
        into.clear();
        into.extend_from_slice(self.places_of(number));
    }

    fn places_of(&self, number: usize) -> &[Place] {
        self.states.get(number).and_then(|state| self.places.get(state.start..state.end)).unwrap_or_default()
    }

    /// Adds a state that was reached from another by a letter; nothing, if it is not worth following.
    pub(super) fn add(&mut self, places: &[Place], wanted: usize, from: usize, letter: Letter) -> bool {
        let Some((own, others)) = places.split_at_checked(wanted) else { return false };
        let signature = others.iter().fold(0, |bits, place| bits | 1_u64 << (place % 64));
        let number = u32::try_from(self.states.len()).unwrap_or(NOBODY);
        let (by_places, by_wanted) = (hash(places), hash(own));

        let mut same = self.by_places.get(&by_places).copied().unwrap_or(NOBODY);
        let same_places = same;
        while let Some(state) = self.states.get(same as usize) {
            if self.places_of(same as usize) == places {
                return false;
            }
            same = state.same_places;
        }
        let mut same = self.by_wanted.get(&by_wanted).copied().unwrap_or(NOBODY);
        let same_wanted = same;
        for _ in 0..COMPARED {
            let Some(state) = self.states.get(same as usize) else { break };
            if state.signature & !signature == 0
                && let Some((earlier, unwanted)) =
                    self.places_of(same as usize).split_at_checked(state.wanted)
                && earlier == own
                && is_within(unwanted, others)
            {
                return false;
            }
            same = state.same_wanted;
        }

        let start = self.places.len();
        self.places.extend_from_slice(places);
        let from = u32::try_from(from).unwrap_or(NOBODY);
        let end = self.places.len();
        self.states.push(State { start, end, wanted, signature, same_places, same_wanted, from, letter });
        self.by_places.insert(by_places, number);
        self.by_wanted.insert(by_wanted, number);
        true
    }

    /// The letters that led to a state from the first one.
    pub(super) fn word_to(&self, number: usize) -> Vec<Letter> {
        let mut word = Vec::new();
        let mut at = number;
        while at != 0
            && let Some(state) = self.states.get(at)
        {
            word.push(state.letter);
            at = state.from as usize;
        }
        word.reverse();
        word
    }
}

fn hash(places: &[Place]) -> u64 {
    let mut hasher = FxHasher::default();
    places.hash(&mut hasher);
    hasher.finish()
}

/// Whether an ascending list holds nothing that the other does not.
fn is_within(few: &[Place], many: &[Place]) -> bool {
    let mut many = many.iter();
    few.len() <= many.len()
        && few.iter().all(|place| many.by_ref().find(|other| *other >= place) == Some(place))
}
