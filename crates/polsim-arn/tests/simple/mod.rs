//! The search over sets of strings as one would write it first: sets of places in ordered sets, every letter that a
//! wanted pattern names next, nothing pruned but states that were seen. What is fast is held against it, by tests for
//! its answers and by a benchmark for its time.

use polsim_arn::{Class, Pattern, TextSet, Token, fold};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A Boolean combination of patterns.
#[derive(Clone, Debug)]
pub(crate) enum Combination {
    Is(Pattern),
    Not(Box<Combination>),
    All(Vec<Combination>),
    Any(Vec<Combination>),
}

/// A place in a pattern: the number of the pattern, and how many of its tokens are matched.
type Places = BTreeSet<(usize, usize)>;

/// A character that stands in no pattern.
pub(crate) const FRESH: char = '\u{e000}';

impl Combination {
    /// The same as a [`TextSet`].
    pub(crate) fn set(&self) -> TextSet {
        match self {
            Self::Is(pattern) => pattern.clone().into(),
            Self::Not(inner) => inner.set().not(),
            Self::All(inner) => inner.iter().fold(TextSet::all(), |all, one| all.and(&one.set())),
            Self::Any(inner) => inner.iter().fold(TextSet::none(), |all, one| all.or(&one.set())),
        }
    }

    /// A shortest member, by breadth-first search; `Err` when `most` states are not enough.
    pub(crate) fn shortest(&self, most: usize) -> Result<Option<String>, ()> {
        let mut wanted = BTreeMap::new();
        self.visit(true, &mut |pattern, is_wanted| {
            *wanted.entry(pattern.clone()).or_insert(false) |= is_wanted
        });
        let patterns: Vec<(Pattern, bool)> = wanted.into_iter().collect();
        let start = closed((0..patterns.len()).map(|number| (number, 0)).collect(), &patterns);
        let mut seen = HashSet::from([start.clone()]);
        let mut level = vec![(start, String::new())];
        while !level.is_empty() {
            if let Some((_, word)) = level.iter().find(|(places, _)| self.holds(places, &patterns)) {
                return Ok(Some(word.clone()));
            }
            let mut next = Vec::new();
            for (places, word) in &level {
                for letter in letters(places, &patterns) {
                    let behind = advance(places, letter, &patterns);
                    if seen.insert(behind.clone()) {
                        next.push((behind, format!("{word}{letter}")));
                    }
                }
            }
            if seen.len() > most {
                return Err(());
            }
            level = next;
        }
        Ok(None)
    }

    fn visit(&self, positive: bool, visit: &mut impl FnMut(&Pattern, bool)) {
        match self {
            Self::Is(pattern) => visit(pattern, positive),
            Self::Not(inner) => inner.visit(!positive, visit),
            Self::All(inner) | Self::Any(inner) => inner.iter().for_each(|one| one.visit(positive, visit)),
        }
    }

    fn holds(&self, places: &Places, patterns: &[(Pattern, bool)]) -> bool {
        match self {
            Self::Is(pattern) => (patterns.iter().enumerate())
                .any(|(n, (other, _))| other == pattern && places.contains(&(n, pattern.tokens().len()))),
            Self::Not(inner) => !inner.holds(places, patterns),
            Self::All(inner) => inner.iter().all(|one| one.holds(places, patterns)),
            Self::Any(inner) => inner.iter().any(|one| one.holds(places, patterns)),
        }
    }
}

fn token(place: (usize, usize), patterns: &[(Pattern, bool)]) -> Option<Token> {
    patterns.get(place.0)?.0.tokens().get(place.1).copied()
}

fn closed(mut places: Places, patterns: &[(Pattern, bool)]) -> Places {
    let mut new: Vec<(usize, usize)> = places.iter().copied().collect();
    while let Some(place) = new.pop() {
        let behind = (place.0, place.1 + 1);
        if matches!(token(place, patterns), Some(Token::Many(_))) && places.insert(behind) {
            new.push(behind);
        }
    }
    places
}

fn advance(places: &Places, letter: char, patterns: &[(Pattern, bool)]) -> Places {
    let step = |place: &(usize, usize)| match token(*place, patterns)? {
        Token::Many(class) => class.admits(letter).then_some(*place),
        Token::One(class) => class.admits(letter).then_some((place.0, place.1 + 1)),
        Token::Literal(c) => (c == letter).then_some((place.0, place.1 + 1)),
        Token::Folded(c) => (c == fold(letter)).then_some((place.0, place.1 + 1)),
    };
    closed(places.iter().filter_map(step).collect(), patterns)
}

fn letters(places: &Places, patterns: &[(Pattern, bool)]) -> BTreeSet<char> {
    let mut letters = BTreeSet::from([FRESH]);
    let stops = |token: &Token| matches!(token, Token::One(Class::NotColon) | Token::Many(Class::NotColon));
    if patterns.iter().any(|(pattern, _)| pattern.tokens().iter().any(stops)) {
        letters.insert(':');
    }
    for place in places.iter().filter(|place| patterns.get(place.0).is_some_and(|(_, wanted)| *wanted)) {
        match token(*place, patterns) {
            Some(Token::Literal(c)) => letters.extend([c]),
            Some(Token::Folded(c)) => letters.extend(c.to_uppercase().chain([c])),
            _ => {}
        }
    }
    letters
}
