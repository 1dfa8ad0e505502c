//! Atoms on a condition key: absent, one value, or several (S3.1).
//!
//! One value is a search in one set. Of several, each “some value …” needs a value of its own and every “all values …”
//! holds of each of them, so that as many values as there are demands of the first kind are enough. Whatever is found
//! is held against the tests themselves once more, by the same fold that the evaluator uses.

use super::{Coordinates, Literal, Undecided};
use crate::answer::Reason;
use crate::keys::{self, Arity};
use crate::world::{Known, Mode, readings_of};
use polsim_arn::{Budget, TextSet};
use polsim_eval::{KeyId, KeyState, Operand, Polarity, Quantifier, Reading, Test, Truth};
use polsim_value::{Sort, ValueSet};

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
        theory.world.model.keys().key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
    let query = Query { theory, tests: &tests, name: &name };
    let arity = keys::arity(&name);
    let mut simple = vec![KeyState::Absent];
    if arity != Arity::Many {
        simple.push(KeyState::One(String::new()));
    }
    if arity != Arity::One {
        simple.extend([KeyState::List(Vec::new()), KeyState::List(vec![String::new()])]);
    }
    let (absent, corners) = simple.split_at(1);
    if let Some(state) = absent.iter().find(|state| query.admits(state)) {
        return Ok(Some(state.clone()));
    }
    let mut gap = None;
    match query.one(hints, budget)? {
        One::Found(text) if arity == Arity::Many => return Ok(Some(KeyState::List(vec![text]))),
        One::Found(text) => return Ok(Some(KeyState::One(text))),
        One::Nothing => {}
        One::Unsure => gap = Some(()),
    }
    if let Some(state) = corners.iter().find(|state| query.admits(state)) {
        return Ok(Some(state.clone()));
    }
    if arity != Arity::One {
        match query.many(hints, budget)? {
            Many::Found(texts) => return Ok(Some(KeyState::List(texts))),
            Many::Nothing => {}
            Many::Unsure => gap = Some(()),
        }
    }
    match gap {
        None => Ok(None),
        Some(()) => Err(Undecided(Reason::MixedKey(name.clone()))),
    }
}

struct Query<'q, 'w, 'm> {
    theory: &'q Coordinates<'w, 'm>,
    tests: &'q [(&'q Test, bool)],
    name: &'q str,
}

enum One {
    Found(String),
    Nothing,
    Unsure,
}

enum Many {
    Found(Vec<String>),
    Nothing,
    Unsure,
}

impl Query<'_, '_, '_> {
    /// Whether all tests come out as wanted of a state, by the fold that the evaluator uses.
    fn admits(&self, state: &KeyState) -> bool {
        self.tests.iter().all(|(test, holds)| {
            let wanted = Truth::from(*holds);
            let fold = |readings| test.fold(&Known { state, world: self.theory.world, readings }) == wanted;
            match self.theory.world.mode {
                Mode::Fixed(readings) => fold(readings),
                Mode::Either => readings_of(test).any(fold),
            }
        })
    }

    fn may_take(&self, reading: Reading, alternative: bool) -> bool {
        match self.theory.world.mode {
            Mode::Fixed(readings) => readings.takes_alternative(reading) == alternative,
            Mode::Either => true,
        }
    }

    /// One value that is not empty.
    fn one(&self, hints: &[String], budget: &mut Budget) -> Result<One, Undecided> {
        let mut demands =
            Demands { texts: TextSet::only("").not(), ordered: Vec::new(), may_be_unreadable: true };
        for (test, holds) in self.tests {
            if let Quantifier::Presence(present) = test.quantifier {
                if present != *holds {
                    return Ok(One::Nothing);
                }
                continue;
            }
            if !self.demand(&mut demands, test, *holds) {
                return Ok(One::Nothing);
            }
        }
        self.settle(demands, hints, budget)
    }

    /// Adds what one test demands of a value. `false` when it demands the impossible.
    fn demand(&self, demands: &mut Demands, test: &Test, holds: bool) -> bool {
        let Operand::Closed(set) = &test.operand else { return true };
        let negated = test.polarity == Polarity::Negated;
        // S3.14.1: what cannot be read fails; by the other reading it passes a negated test.
        let unreadable_fails = self.may_take(Reading::UnreadableIsNoMatch, false) || !negated;
        let unreadable_passes = self.may_take(Reading::UnreadableIsNoMatch, true) && negated;
        if let Some(members) = set.as_texts() {
            let readable = members.or(&set.not().as_texts().unwrap_or_else(TextSet::none));
            let unreadable = if set.sort() == Sort::Text { TextSet::none() } else { readable.not() };
            let others = set.not().as_texts().unwrap_or_else(TextSet::none);
            let mut admitted = if holds { members } else { others };
            if (holds && unreadable_passes) || (!holds && unreadable_fails) {
                admitted = admitted.or(&unreadable);
            }
            demands.texts = demands.texts.and(&admitted);
            return true;
        }
        let admits_unreadable = if holds { unreadable_passes } else { unreadable_fails };
        let wanted = if holds { set.clone() } else { set.not() };
        demands.may_be_unreadable &= admits_unreadable;
        match demands.ordered.iter_mut().find(|other| other.sort() == wanted.sort()) {
            Some(other) => *other = other.and(&wanted).unwrap_or_else(|| ValueSet::none(wanted.sort())),
            None => demands.ordered.push(wanted),
        }
        true
    }

    /// A value that meets the demands.
    fn settle(&self, demands: Demands, hints: &[String], budget: &mut Budget) -> Result<One, Undecided> {
        let works = |text: &str| self.admits(&KeyState::One(text.to_owned()));
        if let Some(hint) = hints.iter().find(|hint| works(hint)) {
            return Ok(One::Found(hint.clone()));
        }
        let picked = demands.ordered.iter().filter_map(ValueSet::pick).find(|text| works(text));
        if let Some(text) = picked {
            return Ok(One::Found(text));
        }
        if demands.ordered.is_empty() || demands.may_be_unreadable {
            let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
            let text = demands.texts.pick(&hints, budget)?;
            match text {
                Some(text) if works(&text) => return Ok(One::Found(text)),
                None => return Ok(One::Nothing),
                Some(_) if demands.ordered.is_empty() => return Ok(One::Unsure),
                Some(_) => {}
            }
            let unreadable = demands.texts.and(&TextSet::from(polsim_arn::Pattern::wildcard("not a*")));
            if let Some(text) = unreadable.pick(&["not a value"], budget)?.filter(|text| works(text)) {
                return Ok(One::Found(text));
            }
        }
        let texts_are_free = demands.texts == TextSet::only("").not();
        let one_sort = demands.ordered.len() == 1;
        let impossible =
            demands.ordered.iter().any(ValueSet::is_none_at_a_glance) && !demands.may_be_unreadable;
        if impossible || (texts_are_free && one_sort && !demands.may_be_unreadable) {
            return Ok(One::Nothing);
        }
        Ok(One::Unsure)
    }

    /// Two values or more.
    fn many(&self, hints: &[String], budget: &mut Budget) -> Result<Many, Undecided> {
        let mut each = TextSet::only("").not();
        let mut some = Vec::new();
        let mut exact = true;
        for (test, holds) in self.tests {
            let set = match (&test.operand, test.quantifier) {
                (_, Quantifier::Presence(present)) if present == *holds => continue,
                (_, Quantifier::Presence(_)) => return Ok(Many::Nothing),
                (Operand::Closed(set), _) => set,
                (Operand::Open(_), _) => continue,
            };
            let Some(members) = set.as_texts() else {
                exact = false;
                continue;
            };
            exact &= set.sort() == Sort::Text;
            let others = members.not();
            let compared = self.may_take(Reading::ManyValuesAreCompared, true);
            let is_all = match (test.quantifier, test.polarity) {
                (Quantifier::All, _) => true,
                (Quantifier::Any, _) => false,
                // S3.13.7: false of several values, or, by the other reading, asked of each.
                _ if !*holds && self.may_take(Reading::ManyValuesAreCompared, false) => continue,
                _ if !compared => return Ok(Many::Nothing),
                (_, polarity) => polarity == Polarity::Negated,
            };
            match (is_all, *holds) {
                (true, true) => each = each.and(&members),
                (false, false) => each = each.and(&others),
                (false, true) => some.push(members),
                (true, false) => some.push(others),
            }
        }
        let mut texts: Vec<String> = Vec::new();
        let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
        for wanted in some {
            if texts.iter().any(|text| wanted.contains(text)) {
                continue;
            }
            match wanted.and(&each).pick(&hints, budget)? {
                Some(text) => texts.push(text),
                None if exact => return Ok(Many::Nothing),
                None => return Ok(Many::Unsure),
            }
        }
        while texts.len() < 2 {
            let others = texts.iter().fold(each.clone(), |set, text| set.and(&TextSet::only(text).not()));
            match others.pick(&hints, budget)? {
                Some(text) => texts.push(text),
                None if exact => return Ok(Many::Nothing),
                None => return Ok(Many::Unsure),
            }
        }
        if self.admits(&KeyState::List(texts.clone())) {
            return Ok(Many::Found(texts));
        }
        debug_assert!(!exact, "values that meet the demands of `{}` must pass", self.name);
        Ok(Many::Unsure)
    }
}

/// What tests demand of one value.
struct Demands {
    /// It is one of these texts.
    texts: TextSet,
    /// And it is in these sets, one of each sort, unless it cannot be read.
    ordered: Vec<ValueSet>,
    may_be_unreadable: bool,
}
