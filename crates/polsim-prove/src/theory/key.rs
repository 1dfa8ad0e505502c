//! Atoms on a condition key: absent, one value, or several (S3.1).
//!
//! One value is a search in one set. Of several, each “some value …” needs a value of its own and every “all values …”
//! holds of each of them, so that as many values as there are demands of the first kind are enough. Whatever is found
//! is held against the tests themselves once more, by the same fold that the evaluator uses.

use super::value::{Demand, Found, Unwanted, find};
use super::wish::{self, Ask};
use super::{Coordinates, Literal, Undecided};
use crate::answer::Reason;
use crate::world::Known;
use polsim_arn::Budget;
use polsim_eval::{KeyId, KeyState, Operand, Quantifier, Readings, Test, Truth};
use polsim_question::keys::{self, Arity};
use polsim_value::ValueSet;

/// In how many ways the values of a list are tried to fall short of a test.
const MOST_BRANCHES: usize = 64;

/// A state of a key of which the literals hold; `None` when there is none.
pub(super) fn model(
    theory: &Coordinates<'_, '_>,
    key: KeyId,
    literals: &[Literal],
    hints: &[String],
    budget: &mut Budget,
) -> Result<Option<KeyState>, Undecided> {
    let tests: Vec<(&Test, bool)> =
        literals.iter().filter_map(|(atom, holds)| Some((&theory.atoms.get(*atom)?.test, *holds))).collect();
    let name =
        theory.world.facts.model.keys().key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
    let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
    let query = Query { theory, tests: &tests, hints: &hints, readings: theory.world.mode.readings() };
    let arity = keys::arity(&name);
    if query.admits(&KeyState::Absent) {
        return Ok(Some(KeyState::Absent));
    }
    let mut is_sure = true;
    match query.one(budget)? {
        Found::Value(text) if arity == Arity::Many => return Ok(Some(KeyState::List(vec![text]))),
        Found::Value(text) => return Ok(Some(KeyState::One(text))),
        Found::Nothing => {}
        Found::Unsure => is_sure = false,
    }
    if let Some(state) = corners(arity).into_iter().find(|state| query.admits(state)) {
        return Ok(Some(state));
    }
    if arity != Arity::One {
        match query.many(budget)? {
            Many::Values(texts) => return Ok(Some(KeyState::List(texts))),
            Many::Nothing => {}
            Many::Unsure => is_sure = false,
        }
    }
    if is_sure { Ok(None) } else { Err(Reason::MixedKey(name).into()) }
}

/// The states with nothing but empty strings, and the empty list (S3.3.3, S3.13.3).
fn corners(arity: Arity) -> Vec<KeyState> {
    let empty = String::new;
    let mut states = Vec::new();
    if arity != Arity::Many {
        states.push(KeyState::One(empty()));
    }
    if arity != Arity::One {
        let lists = [vec![], vec![empty()], vec![empty(), empty()]];
        states.extend(lists.map(KeyState::List));
    }
    states
}

struct Query<'q, 'w, 'm> {
    theory: &'q Coordinates<'w, 'm>,
    tests: &'q [(&'q Test, bool)],
    hints: &'q [&'q str],
    readings: Readings,
}

enum Many {
    Values(Vec<String>),
    Nothing,
    Unsure,
}

/// What is asked of the values of a list, with the set that it is about.
type Asked<'t> = (&'t ValueSet, Ask);

impl<'q> Query<'q, '_, '_> {
    /// Whether all tests come out as wanted of a state, by the fold that the evaluator uses.
    fn admits(&self, state: &KeyState) -> bool {
        let known = Known { state, world: self.theory.world, readings: self.readings };
        self.tests.iter().all(|(test, holds)| test.fold(&known) == Truth::from(*holds))
    }

    /// One value that is not empty.
    fn one(&self, budget: &mut Budget) -> Result<Found, Undecided> {
        let mut demands = Vec::new();
        for (test, holds) in self.tests {
            let Some(wish) = wish::of_one(test, *holds, self.readings) else { return Ok(Found::Nothing) };
            if let (false, Operand::Closed(set)) = (is_presence(test), &test.operand) {
                demands.push(Demand { set, wish });
            }
        }
        let unwanted = Unwanted { empty: true, others: &[] };
        Ok(find(&demands, unwanted, self.hints, budget)?)
    }

    /// Two values or more, not all of them empty.
    fn many(&self, budget: &mut Budget) -> Result<Many, Undecided> {
        let mut branches: Vec<Vec<Asked<'q>>> = vec![Vec::new()];
        for (test, holds) in self.tests {
            // What has policy variables in it is no atom of one key alone.
            let Operand::Closed(set) = &test.operand else { continue };
            let ways = wish::of_many(test, *holds, self.readings);
            let longer = branches.iter().flat_map(|branch| {
                ways.iter().map(|way| {
                    branch.iter().copied().chain(way.iter().map(|ask| (set, *ask))).collect::<Vec<_>>()
                })
            });
            branches = longer.collect();
            if branches.len() > MOST_BRANCHES {
                return Ok(Many::Unsure);
            }
        }
        let mut is_sure = true;
        for branch in branches {
            match self.values(&branch, budget)? {
                Many::Nothing => {}
                Many::Unsure => is_sure = false,
                found @ Many::Values(_) => return Ok(found),
            }
        }
        Ok(if is_sure { Many::Nothing } else { Many::Unsure })
    }

    /// Values of which all that is asked holds.
    fn values(&self, asked: &[Asked<'_>], budget: &mut Budget) -> Result<Many, Undecided> {
        let mut each: Vec<Demand<'_>> = Vec::new();
        let mut some: Vec<Demand<'_>> = Vec::new();
        for (set, ask) in asked {
            match ask {
                Ask::Each(wish) => each.push(Demand { set, wish: *wish }),
                Ask::Some(wish) => some.push(Demand { set, wish: *wish }),
            }
        }
        let mut texts: Vec<String> = Vec::new();
        for demand in some {
            let mut demands = each.clone();
            demands.push(demand);
            match self.value(&demands, true, &[], budget)? {
                Found::Value(text) => texts.push(text),
                Found::Nothing => return Ok(Many::Nothing),
                Found::Unsure => return Ok(Many::Unsure),
            }
        }
        texts.sort_unstable();
        texts.dedup();
        if texts.iter().all(String::is_empty) {
            match self.value(&each, false, &[], budget)? {
                Found::Value(text) => texts.push(text),
                Found::Nothing => return Ok(Many::Nothing),
                Found::Unsure => return Ok(Many::Unsure),
            }
        }
        if texts.len() < 2 {
            // Two different values are easier to understand than the same one twice.
            let another = self.value(&each, false, &texts, budget)?;
            let again = texts.first().cloned().unwrap_or_default();
            texts.push(if let Found::Value(text) = another { text } else { again });
        }
        let state = KeyState::List(texts.clone());
        Ok(if self.admits(&state) { Many::Values(texts) } else { Many::Unsure })
    }

    /// A value of a list; an empty one only when no other will do.
    fn value(
        &self,
        demands: &[Demand<'_>],
        may_be_empty: bool,
        others: &[String],
        budget: &mut Budget,
    ) -> Result<Found, Undecided> {
        let found = find(demands, Unwanted { empty: true, others }, self.hints, budget)?;
        if may_be_empty && matches!(found, Found::Nothing) {
            return Ok(find(demands, Unwanted { empty: false, others }, self.hints, budget)?);
        }
        Ok(found)
    }
}

fn is_presence(test: &Test) -> bool {
    matches!(test.quantifier, Quantifier::Presence(_))
}

#[cfg(test)]
mod tests;
