//! The shapes that the state of a coordinate can have, and what its tests ask of the texts in it.

use super::fact::{Facts, all, facts};
use super::system::System;
use super::unknowns::Kind;
use crate::theory::wish::{self, Ask};
use polsim_arn::Piece;
use polsim_eval::{KeyState, Quantifier, Reading, Readings, Test};
use polsim_question::keys::Arity;

/// In how many ways the values of a list are tried to meet their tests.
const MOST_WAYS: usize = 64;

/// The shape of a state.
#[derive(Clone, Debug)]
pub(super) enum Mode {
    Absent,
    One(Vec<Piece>),
    /// A list of these values.
    List(Vec<Vec<Piece>>),
    /// A list of two values or more, not all of them empty; as many as its tests need.
    Many,
}

impl Mode {
    /// The shape of a state that is known.
    pub(super) fn of(state: &KeyState) -> Option<Self> {
        let pieces = |text: &String| text.chars().map(Piece::Char).collect::<Vec<_>>();
        match state {
            KeyState::Absent => Some(Self::Absent),
            KeyState::One(text) => Some(Self::One(pieces(text))),
            KeyState::List(texts) => Some(Self::List(texts.iter().map(pieces).collect())),
            KeyState::Open => None,
        }
    }

    /// All shapes for a key whose one value would be `word`.
    pub(super) fn all(arity: Arity, word: Piece) -> Vec<Self> {
        let mut modes = vec![Self::Absent];
        if arity != Arity::Many {
            modes.extend([Self::One(vec![word]), Self::One(Vec::new())]);
        }
        if arity != Arity::One {
            let lists = [vec![vec![word]], vec![], vec![vec![]], vec![vec![], vec![]]];
            modes.extend(lists.map(Self::List));
            modes.push(Self::Many);
        }
        modes
    }

    /// What a policy variable stands for (S3.15.3, S3.15.8).
    pub(super) fn single(&self) -> Option<Vec<Piece>> {
        if let Self::One(pieces) = self {
            Some(pieces.clone()).filter(|pieces| !pieces.is_empty())
        } else {
            None
        }
    }
}

/// Alternatives, one of which has to hold, for each thing that is asked.
pub(super) type Points<'t> = Vec<Vec<Facts<'t>>>;

/// What the tests on a coordinate ask, with the values of a list that was made up for them.
pub(super) struct Way<'t> {
    pub(super) system: System,
    pub(super) points: Points<'t>,
    /// The numbers of the values of the list.
    pub(super) list: Vec<usize>,
}

/// Tests on one coordinate.
pub(super) struct Tests<'t, 'a> {
    pub(super) tests: &'a [(&'t Test, bool)],
    pub(super) readings: Readings,
    /// What policy variables stand for.
    pub(super) value: &'a dyn Fn(&str) -> Option<Vec<Piece>>,
}

impl<'t> Tests<'t, '_> {
    /// What they ask of a state of this shape. `None` when there are too many ways.
    pub(super) fn ways(&self, mode: &Mode, system: &System) -> Option<Vec<Way<'t>>> {
        let fixed = |points| Some(vec![Way { system: system.clone(), points, list: Vec::new() }]);
        let mut points = Vec::new();
        for (test, holds) in self.tests {
            let asked = match mode {
                Mode::Many => return self.many(system),
                Mode::Absent => constant(test.absent.under(self.readings) == *holds),
                Mode::List(values) if values.is_empty() => {
                    constant(test.empty.under(self.readings) == *holds)
                }
                Mode::One(value) => self.of_values(test, *holds, std::slice::from_ref(value)),
                Mode::List(values) => self.of_values(test, *holds, values),
            };
            if asked.is_empty() {
                return Some(Vec::new());
            }
            points.push(asked);
        }
        fixed(points)
    }

    /// What a test asks of values that are listed.
    fn of_values(&self, test: &'t Test, holds: bool, values: &[Vec<Piece>]) -> Vec<Facts<'t>> {
        if values.iter().all(Vec::is_empty) {
            if values.len() == 1 && self.readings.takes_alternative(Reading::EmptyStringIsAbsent) {
                return constant(test.absent.under(self.readings) == holds);
            }
            // S3.13.3, S3.3.3
            let is_for_all = test.quantifier == Quantifier::All;
            if is_for_all && !self.readings.takes_alternative(Reading::ForAllComparesEmptyString) {
                return constant(test.empty.under(self.readings) == holds);
            }
        }
        let facts = |wish, value: &Vec<Piece>| facts(&test.operand, wish, value, self.readings, self.value);
        if let [only] = values {
            return wish::of_one(test, holds, self.readings).map_or_else(Vec::new, |wish| facts(wish, only));
        }
        let mut ways = Vec::new();
        for way in wish::of_many(test, holds, self.readings) {
            let mut met = constant(true);
            for ask in way {
                match ask {
                    Ask::Each(wish) => {
                        for value in values {
                            met = all(met, &facts(wish, value));
                        }
                    }
                    Ask::Some(wish) => {
                        let by_any: Vec<Facts<'t>> =
                            values.iter().flat_map(|value| facts(wish, value)).collect();
                        met = all(met, &by_any);
                    }
                }
            }
            ways.extend(met);
        }
        ways
    }

    /// Lists of several values: each “some value …” gets one of its own, and one more is not empty.
    fn many(&self, system: &System) -> Option<Vec<Way<'t>>> {
        let mut branches: Vec<Vec<(&'t Test, Ask)>> = vec![Vec::new()];
        for (test, holds) in self.tests {
            let ways = wish::of_many(test, *holds, self.readings);
            let longer = branches.iter().flat_map(|branch| {
                ways.iter().map(|way| {
                    branch.iter().copied().chain(way.iter().map(|ask| (*test, *ask))).collect::<Vec<_>>()
                })
            });
            branches = longer.collect();
            if branches.len() > MOST_WAYS {
                return None;
            }
        }
        Some(branches.iter().map(|branch| self.list(branch, system)).collect())
    }

    fn list(&self, asked: &[(&'t Test, Ask)], system: &System) -> Way<'t> {
        let mut system = system.clone();
        let some = asked.iter().filter_map(|(test, ask)| match ask {
            Ask::Some(wish) => Some((*test, *wish)),
            Ask::Each(_) => None,
        });
        let (mut points, mut list) = (Vec::new(), Vec::new());
        for demanded in some.map(Some).chain([None]) {
            let value = vec![system.unknowns.new_word(Kind::ANY)];
            list.push(system.new_value(&value));
            let of = |test: &'t Test, wish| facts(&test.operand, wish, &value, self.readings, self.value);
            match demanded {
                Some((test, wish)) => points.push(of(test, wish)),
                None => system.unknowns.texts.push((value.clone(), polsim_arn::TextSet::only("").not())),
            }
            for (test, ask) in asked {
                if let Ask::Each(wish) = ask {
                    points.push(of(test, *wish));
                }
            }
        }
        // Twice the same value if need be.
        if let [only] = list.as_slice() {
            list.push(*only);
        }
        Way { system, points, list }
    }
}

fn constant<'t>(holds: bool) -> Vec<Facts<'t>> {
    if holds { vec![Vec::new()] } else { Vec::new() }
}
