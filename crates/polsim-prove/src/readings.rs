//! Which ambiguities bear on the states that keys can have, and on what tests.
//!
//! All other ambiguities are choices in formulas, which a goal can spell out. These few are in the tests themselves, so
//! that a search has to take each in one way.

use polsim_eval::{Answer, KeyTable, Operand, Polarity, Quantifier, Reading, Readings, Test, Variable};
use polsim_question::keys::{self, Arity};
use polsim_value::Sort;

const ABOUT_KEYS: [Reading; 6] = [
    Reading::IfExistsBeatsForAny,
    Reading::EmptyListIsPresent,
    Reading::EmptyStringIsAbsent,
    Reading::ForAllComparesEmptyString,
    Reading::ManyValuesAreCompared,
    Reading::UnreadableIsNoMatch,
];

/// Whether an ambiguity is about the states of keys.
pub(crate) fn is_about_keys(reading: Reading) -> bool {
    ABOUT_KEYS.contains(&reading)
}

/// The readings that can make a difference to a test on a key of any state.
///
/// That an empty string counts as absent makes none: the key then is to every test as it is when it is absent, which is
/// a state of its own; and where it has to be there, an empty string does not count for any reading.
pub(crate) fn of(test: &Test, keys: &KeyTable) -> Readings {
    let Variable::Key(key) = test.variable else { return Readings::default() };
    let name = keys.key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
    let may_be_list = keys::arity(&name) != Arity::One;
    let mut found = Vec::new();
    for answer in [test.absent, test.empty] {
        match answer {
            Answer::By(Reading::EmptyListIsPresent, _) if !may_be_list => {}
            Answer::By(reading, _) => found.push(reading),
            Answer::Fixed(_) => {}
        }
    }
    match test.quantifier {
        Quantifier::Presence(_) => return found.into_iter().collect(),
        Quantifier::Single if may_be_list => found.push(Reading::ManyValuesAreCompared),
        Quantifier::All => found.push(Reading::ForAllComparesEmptyString),
        Quantifier::Single | Quantifier::Any => {}
    }
    let sort = match &test.operand {
        Operand::Closed(set) => set.sort(),
        Operand::Open(open) => open.sort,
    };
    if sort != Sort::Text && (may_be_list || test.polarity == Polarity::Negated) {
        found.push(Reading::UnreadableIsNoMatch);
    }
    found.into_iter().collect()
}

/// Each ambiguity about keys that a test may depend on, with all ways to read the others.
pub(crate) fn neighbours(test: &Test, readings: Readings) -> Vec<(Reading, Readings, Readings)> {
    let mut mentioned = Vec::new();
    test.for_each_reading(&mut |reading| {
        if is_about_keys(reading) {
            mentioned.push(reading);
        }
    });
    mentioned.sort_unstable();
    mentioned.dedup();
    let elsewhere =
        readings.alternatives().filter(|reading| !mentioned.contains(reading)).collect::<Vec<_>>();
    let mut all = Vec::new();
    for reading in &mentioned {
        let others: Vec<Reading> = mentioned.iter().copied().filter(|other| other != reading).collect();
        for taken in subsets(&others) {
            let without: Readings = elsewhere.iter().copied().chain(taken).collect();
            all.push((*reading, without.with_alternative(*reading), without));
        }
    }
    all
}

/// All sets of readings out of some.
pub(crate) fn subsets(of: &[Reading]) -> impl Iterator<Item = Vec<Reading>> + '_ {
    (0..1u32 << of.len().min(16)).map(move |mask| {
        of.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, reading)| *reading).collect()
    })
}
