//! All patterns of a goal as one position automaton: a state is a set of positions, kept as bits.
//!
//! A pattern of n tokens has the positions 0..=n; position i means that the tokens before i are matched, position n
//! that all are. A star lets a state stay and also lets it go on, so states are closed over stars.

use super::goal::{Fate, Goal};
use crate::Pattern;
use crate::token::{Class, Token, fold, unfold};
use rustc_hash::FxHashMap;

/// A letter to try: a character that some pattern names, or one that none does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Letter {
    /// A character that occurs in no pattern and is no colon.
    Fresh,
    Char(char),
}

pub(super) type Bits = Box<[u64]>;

/// A goal over numbered patterns, to be read off a state.
#[derive(Debug)]
pub(super) enum Plan {
    Always,
    Never,
    Is(usize),
    IsNot(usize),
    All(Vec<Plan>),
    Any(Vec<Plan>),
}

#[derive(Debug)]
struct Track {
    /// Position 0 of the pattern among all bits.
    start: usize,
    /// Its last position.
    end: usize,
    /// Whether the goal asks for this pattern somewhere, and not only against it.
    wanted: bool,
    /// Whether the last token is a star over all characters.
    open_ended: bool,
}

/// The automaton of a goal.
#[derive(Debug)]
pub(super) struct Automaton {
    tracks: Vec<Track>,
    /// The token that leads on from each position; `None` at the last positions.
    tokens: Vec<Option<Token>>,
    many: Bits,
    plan: Plan,
    colon_matters: bool,
    moves: FxHashMap<Letter, Move>,
}

/// What a letter does to each position: step on, or stay at a star.
#[derive(Debug)]
struct Move {
    step: Bits,
    stay: Bits,
}

fn get(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// The positions of the set bits in `from..=to`.
fn ones(bits: &[u64], from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
    (from / 64..=to / 64).flat_map(move |index| {
        let mut word = bits.get(index).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let bit = word.trailing_zeros() as usize;
            (word != 0).then(|| {
                word &= word - 1;
                index * 64 + bit
            })
        })
        .filter(move |at| (from..=to).contains(at))
    })
}

impl Automaton {
    pub(super) fn new(goal: &Goal) -> Self {
        let mut automaton = Self {
            tracks: Vec::new(),
            tokens: Vec::new(),
            many: Box::default(),
            plan: Plan::Never,
            colon_matters: false,
            moves: FxHashMap::default(),
        };
        let mut numbers = FxHashMap::default();
        automaton.plan = automaton.plan_of(goal, &mut numbers);
        automaton.many = automaton.positions(|token| matches!(token, Token::Many(_)));
        automaton
    }

    fn plan_of(&mut self, goal: &Goal, numbers: &mut FxHashMap<Pattern, usize>) -> Plan {
        match goal {
            Goal::Always => Plan::Always,
            Goal::Never => Plan::Never,
            Goal::Is(pattern) => {
                let number = self.track(pattern, numbers);
                if let Some(track) = self.tracks.get_mut(number) {
                    track.wanted = true;
                }
                Plan::Is(number)
            }
            Goal::IsNot(pattern) => Plan::IsNot(self.track(pattern, numbers)),
            Goal::All(goals) => Plan::All(goals.iter().map(|goal| self.plan_of(goal, numbers)).collect()),
            Goal::Any(goals) => Plan::Any(goals.iter().map(|goal| self.plan_of(goal, numbers)).collect()),
        }
    }

    fn track(&mut self, pattern: &Pattern, numbers: &mut FxHashMap<Pattern, usize>) -> usize {
        *numbers.entry(pattern.clone()).or_insert_with(|| {
            let start = self.tokens.len();
            self.tokens.extend(pattern.tokens().iter().copied().map(Some));
            self.tokens.push(None);
            self.colon_matters |= pattern
                .tokens()
                .iter()
                .any(|token| matches!(token, Token::One(Class::NotColon) | Token::Many(Class::NotColon)));
            let open_ended = pattern.tokens().last() == Some(&Token::Many(Class::Any));
            self.tracks.push(Track { start, end: self.tokens.len() - 1, wanted: false, open_ended });
            self.tracks.len() - 1
        })
    }

    fn positions(&self, which: impl Fn(Token) -> bool) -> Bits {
        let mut bits = vec![0; self.tokens.len().div_ceil(64)].into_boxed_slice();
        for (at, token) in self.tokens.iter().enumerate() {
            if token.is_some_and(&which) {
                set(&mut bits, at);
            }
        }
        bits
    }

    pub(super) fn start(&self) -> Bits {
        let mut bits = vec![0; self.tokens.len().div_ceil(64)].into_boxed_slice();
        for track in &self.tracks {
            set(&mut bits, track.start);
        }
        self.close(&mut bits);
        bits
    }

    /// Lets every star that was reached be passed.
    fn close(&self, bits: &mut [u64]) {
        loop {
            let mut changed = 0;
            let mut carry = 0;
            for (word, many) in bits.iter_mut().zip(&self.many) {
                let stars = *word & many;
                let passed = stars << 1 | carry;
                carry = stars >> 63;
                changed |= passed & !*word;
                *word |= passed;
            }
            // Two stars of different classes can stand side by side, so once is not always enough.
            if changed == 0 {
                return;
            }
        }
    }

    /// The state behind a letter.
    pub(super) fn advance(&mut self, state: &[u64], letter: Letter) -> Bits {
        if !self.moves.contains_key(&letter) {
            let admits = |token: Token| match letter {
                Letter::Char(c) => token.admits(c),
                Letter::Fresh => matches!(token, Token::One(_) | Token::Many(_)),
            };
            let step = self.positions(|token| !matches!(token, Token::Many(_)) && admits(token));
            let stay = self.positions(|token| matches!(token, Token::Many(_)) && admits(token));
            self.moves.insert(letter, Move { step, stay });
        }
        let mut next: Bits = vec![0; state.len()].into();
        if let Some(letter) = self.moves.get(&letter) {
            let mut carry = 0;
            for (((next, state), step), stay) in
                next.iter_mut().zip(state).zip(&letter.step).zip(&letter.stay)
            {
                let moved = state & step;
                *next = moved << 1 | carry | state & stay;
                carry = moved >> 63;
            }
        }
        self.close(&mut next);
        next
    }

    /// The letters worth trying in a state: those that a wanted pattern asks for next, a fresh one, and the colon
    /// where wildcards that stop at it are in play (it is the second letter that a wildcard can tell apart).
    pub(super) fn letters(&self, state: &[u64]) -> Vec<Letter> {
        let mut letters = vec![Letter::Fresh];
        if self.colon_matters {
            letters.push(Letter::Char(':'));
        }
        for track in self.tracks.iter().filter(|track| track.wanted) {
            for at in ones(state, track.start, track.end) {
                match self.tokens.get(at).copied().flatten() {
                    Some(Token::Literal(c)) => letters.push(Letter::Char(c)),
                    Some(Token::Folded(c)) => letters.extend(unfold(c).into_iter().map(Letter::Char)),
                    _ => {}
                }
            }
        }
        letters.sort_unstable();
        letters.dedup();
        letters
    }

    /// Whether the word that led to the state is a member.
    pub(super) fn accepts(&self, state: &[u64]) -> bool {
        self.plan.holds(&|number| self.tracks.get(number).is_some_and(|track| get(state, track.end)))
    }

    /// Whether some continuation might be a member; `false` is certain.
    pub(super) fn has_hope(&self, state: &[u64]) -> bool {
        self.plan.may_hold(&|number| self.fate(state, number))
    }

    fn fate(&self, state: &[u64], number: usize) -> Fate {
        let Some(track) = self.tracks.get(number) else {
            return Fate::Dead;
        };
        if track.open_ended && get(state, track.end) {
            return Fate::Certain;
        }
        if ones(state, track.start, track.end).next().is_none() { Fate::Dead } else { Fate::Open }
    }
}

impl Plan {
    fn holds(&self, matched: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Is(number) => matched(*number),
            Self::IsNot(number) => !matched(*number),
            Self::All(plans) => plans.iter().all(|plan| plan.holds(matched)),
            Self::Any(plans) => plans.iter().any(|plan| plan.holds(matched)),
        }
    }

    fn may_hold(&self, fate: &impl Fn(usize) -> Fate) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Is(number) => fate(*number) != Fate::Dead,
            Self::IsNot(number) => fate(*number) != Fate::Certain,
            Self::All(plans) => plans.iter().all(|plan| plan.may_hold(fate)),
            Self::Any(plans) => plans.iter().any(|plan| plan.may_hold(fate)),
        }
    }
}

/// A letter that no pattern of the set names, in any case, to stand for [`Letter::Fresh`].
pub(super) fn is_named(pattern: &Pattern, c: char) -> bool {
    pattern.tokens().iter().any(|token| match token {
        Token::Literal(literal) => *literal == c,
        Token::Folded(folded) => fold(c) == *folded,
        Token::One(_) | Token::Many(_) => false,
    })
}
