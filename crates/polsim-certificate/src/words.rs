//! Whether a set of texts is empty, found the plain way.
//!
//! All patterns of the set are followed at once over a text that is made up letter by letter, by the places at which
//! each can stand: an automaton whose states are made when they are met. Every letter is tried that any pattern asks for
//! at one of its places, with a colon and a letter that none asks for; all other letters do what that one does. The
//! prover's search knows of shorter ways; this one has none, so that it can be seen to be right.

use polsim_arn::{Class, Pattern, Shape, TextSet, Token, fold, unfold};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// States that are looked at before a set is said to be too large to follow.
const MOST_STATES: usize = 1_000_000;

/// Whether no text is in a set; `None` when that takes too long to find out.
pub(crate) fn is_empty(set: &TextSet) -> Option<bool> {
    let mut automaton = Automaton::default();
    let tree = automaton.tree(set);
    automaton.is_empty(&tree)
}

/// Whether every text of one set is in another.
pub(crate) fn is_within(inner: &TextSet, outer: &TextSet) -> Option<bool> {
    is_empty(&inner.and(&outer.not()))
}

/// A set, with its patterns by their numbers.
enum Tree {
    Union(Range<usize>),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

#[derive(Default)]
struct Automaton {
    patterns: Vec<Pattern>,
}

/// Places, each in one pattern: the pattern has matched what comes before. Sorted.
type State = Vec<(u32, u32)>;

/// What the rest of a text can make of a set.
#[derive(Clone, Copy, PartialEq)]
enum Outlook {
    Never,
    Open,
    Always,
}

impl Automaton {
    fn tree(&mut self, set: &TextSet) -> Tree {
        match set.shape() {
            Shape::Union(patterns) => {
                let start = self.patterns.len();
                self.patterns.extend(patterns.iter().cloned());
                Tree::Union(start..self.patterns.len())
            }
            Shape::Not(set) => Tree::Not(Box::new(self.tree(set))),
            Shape::All(sets) => Tree::All(sets.iter().map(|set| self.tree(set)).collect()),
            Shape::Any(sets) => Tree::Any(sets.iter().map(|set| self.tree(set)).collect()),
        }
    }

    fn is_empty(&self, tree: &Tree) -> Option<bool> {
        let mut start = State::new();
        for number in 0..self.patterns.len() {
            self.enter(&mut start, number, 0);
        }
        self.settle(&mut start);
        let mut seen = FxHashSet::default();
        let mut open = vec![start];
        while let Some(state) = open.pop() {
            match self.outlook(tree, &state) {
                Outlook::Never => continue,
                Outlook::Always => return Some(false),
                Outlook::Open => {}
            }
            if self.accepts(tree, &state) {
                return Some(false);
            }
            if seen.len() >= MOST_STATES {
                return None;
            }
            for letter in self.letters(&state) {
                let next = self.step(&state, letter);
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        Some(true)
    }

    fn tokens(&self, number: usize) -> &[Token] {
        self.patterns.get(number).map_or(&[], Pattern::tokens)
    }

    fn token(&self, (number, place): (u32, u32)) -> Option<Token> {
        self.tokens(number as usize).get(place as usize).copied()
    }

    /// Adds a place, and those behind wildcards that stand for nothing.
    fn enter(&self, state: &mut State, number: usize, mut place: usize) {
        loop {
            let (Ok(number), Ok(at)) = (u32::try_from(number), u32::try_from(place)) else { return };
            state.push((number, at));
            match self.tokens(number as usize).get(place) {
                Some(Token::Many(_)) => place += 1,
                _ => return,
            }
        }
    }

    /// Sorts the places. A pattern that matches whatever follows needs no other.
    fn settle(&self, state: &mut State) {
        state.sort_unstable();
        state.dedup();
        let certain: FxHashSet<u32> =
            state.iter().filter(|place| self.is_certain(**place)).map(|(number, _)| *number).collect();
        state.retain(|place| !certain.contains(&place.0) || self.is_certain(*place));
    }

    /// Whether a place is before a last wildcard over everything.
    fn is_certain(&self, (number, place): (u32, u32)) -> bool {
        let tokens = self.tokens(number as usize);
        place as usize + 1 == tokens.len() && tokens.last() == Some(&Token::Many(Class::Any))
    }

    fn is_matched(&self, (number, place): (u32, u32)) -> bool {
        place as usize == self.tokens(number as usize).len() || self.is_certain((number, place))
    }

    /// The letters that make a difference in a state: a colon, a letter that no pattern asks for, and those that one does.
    fn letters(&self, state: &State) -> Vec<char> {
        let mut letters = vec![':'];
        for place in state {
            match self.token(*place) {
                Some(Token::Literal(c)) => letters.push(c),
                Some(Token::Folded(folded)) => letters.extend(unfold(folded)),
                Some(Token::One(_) | Token::Many(_)) | None => {}
            }
        }
        letters.sort_unstable();
        letters.dedup();
        let other = ('a'..=char::MAX).find(|c| letters.binary_search(c).is_err());
        letters.extend(other);
        letters
    }

    fn step(&self, state: &State, letter: char) -> State {
        let mut next = State::new();
        for (number, place) in state.iter().copied() {
            let moves = match self.token((number, place)) {
                Some(Token::Literal(c)) if c == letter => Some(place + 1),
                Some(Token::Folded(folded)) if fold(letter) == folded => Some(place + 1),
                Some(Token::One(class)) if class.admits(letter) => Some(place + 1),
                Some(Token::Many(class)) if class.admits(letter) => Some(place),
                _ => None,
            };
            if let Some(place) = moves {
                self.enter(&mut next, number as usize, place as usize);
            }
        }
        self.settle(&mut next);
        next
    }

    /// The places of some patterns.
    fn of<'s>(&self, numbers: &Range<usize>, state: &'s State) -> &'s [(u32, u32)] {
        let first = state.partition_point(|(number, _)| (*number as usize) < numbers.start);
        let end = state.partition_point(|(number, _)| (*number as usize) < numbers.end);
        state.get(first..end).unwrap_or_default()
    }

    fn outlook(&self, tree: &Tree, state: &State) -> Outlook {
        let all = |outlooks: &mut dyn Iterator<Item = Outlook>, (bad, good): (Outlook, Outlook)| {
            let mut whole = good;
            for outlook in outlooks {
                if outlook == bad {
                    return bad;
                }
                if outlook == Outlook::Open {
                    whole = Outlook::Open;
                }
            }
            whole
        };
        match tree {
            Tree::Union(numbers) => {
                let places = self.of(numbers, state);
                if places.is_empty() {
                    Outlook::Never
                } else if places.iter().any(|place| self.is_certain(*place)) {
                    Outlook::Always
                } else {
                    Outlook::Open
                }
            }
            Tree::Not(tree) => match self.outlook(tree, state) {
                Outlook::Never => Outlook::Always,
                Outlook::Open => Outlook::Open,
                Outlook::Always => Outlook::Never,
            },
            Tree::All(trees) => all(
                &mut trees.iter().map(|tree| self.outlook(tree, state)),
                (Outlook::Never, Outlook::Always),
            ),
            Tree::Any(trees) => all(
                &mut trees.iter().map(|tree| self.outlook(tree, state)),
                (Outlook::Always, Outlook::Never),
            ),
        }
    }

    /// Whether the text so far is in the set.
    fn accepts(&self, tree: &Tree, state: &State) -> bool {
        match tree {
            Tree::Union(numbers) => self.of(numbers, state).iter().any(|place| self.is_matched(*place)),
            Tree::Not(tree) => !self.accepts(tree, state),
            Tree::All(trees) => trees.iter().all(|tree| self.accepts(tree, state)),
            Tree::Any(trees) => trees.iter().any(|tree| self.accepts(tree, state)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_arn::Budget;
    use proptest::prelude::*;

    fn pattern() -> impl Strategy<Value = Pattern> {
        let token = prop_oneof![
            Just(Token::Literal('a')),
            Just(Token::Literal(':')),
            Just(Token::Folded('k')),
            Just(Token::Literal('K')),
            Just(Token::One(Class::Any)),
            Just(Token::Many(Class::Any)),
            Just(Token::One(Class::NotColon)),
            Just(Token::Many(Class::NotColon)),
        ];
        proptest::collection::vec(token, 0..5).prop_map(Pattern::from_tokens)
    }

    fn set() -> impl Strategy<Value = TextSet> {
        let leaf = proptest::collection::vec(pattern(), 0..3).prop_map(TextSet::union);
        leaf.prop_recursive(3, 8, 2, |inner| {
            prop_oneof![
                inner.clone().prop_map(|set| set.not()),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(&b)),
                (inner.clone(), inner).prop_map(|(a, b)| a.or(&b)),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Two ways to the same answer: this one and the search of the prover.
        #[test]
        fn the_two_ways_agree(set in set()) {
            if let Ok(expected) = set.is_empty(&mut Budget::new(100_000)) {
                prop_assert_eq!(is_empty(&set), Some(expected));
            }
        }
    }

    #[test]
    fn a_letter_of_odd_case_is_not_overlooked() {
        // The Kelvin sign is the third letter that folds into k.
        let any_k = TextSet::from(Pattern::exact_ignoring_case("k"));
        let two = TextSet::union([Pattern::exact("k"), Pattern::exact("K")]);
        assert_eq!(is_empty(&any_k.and(&two.not())), Some(false));
        assert_eq!(is_within(&two, &any_k), Some(true));
    }
}
