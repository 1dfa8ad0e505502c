//! The state of a condition key: absent, one value, or a list, and what tests say of it (S3.1).
//!
//! A list is as long as three values: a question that needs more “some value …” than that at once is not written. Texts
//! are strings; of numbers, dates, addresses and bytes a value is only the cell that it lies in, out of those that the
//! tests on the key tell apart.

use super::text::member;
use crate::answer::Reason;
use polsim_eval::{Operand, Polarity, Quantifier, Reading, Readings, Test};
use polsim_question::keys::{Arity, arity};
use polsim_value::{Sort, ValueSet};
use std::fmt::Write as _;

/// How many values a list has at most.
const LONGEST: usize = 3;

/// A key of one goal.
pub(super) struct Key {
    name: String,
    arity: Arity,
    /// The cells of values that are no texts.
    cells: Option<Vec<ValueSet>>,
}

impl Key {
    /// A key, by the name of its constants and its own in lower case, with all tests on it.
    pub(super) fn new(name: String, folded: &str, tests: &[&Test]) -> Result<Self, Reason> {
        let mixed = || Reason::MixedKey(folded.to_owned());
        let compared = tests.iter().filter(|test| !matches!(test.quantifier, Quantifier::Presence(_)));
        let mut sets = Vec::new();
        for test in compared {
            match &test.operand {
                Operand::Closed(set) => sets.push(set),
                Operand::Open(_) => {}
            }
        }
        let some =
            tests.iter().filter(|test| matches!(test.quantifier, Quantifier::Any | Quantifier::All)).count();
        if some > LONGEST && arity(folded) != Arity::One {
            return Err(mixed());
        }
        let is_text = |set: &&ValueSet| set.as_texts().is_some();
        let cells = match sets.iter().find(|set| !is_text(set)) {
            None => None,
            Some(first) => {
                let mut cells = vec![ValueSet::none(first.sort()).not()];
                for set in &sets {
                    let mut finer = Vec::new();
                    for cell in &cells {
                        for part in [cell.and(set), cell.and(&set.not())] {
                            finer.extend(
                                Some(part.ok_or_else(mixed)?).filter(|part| !part.is_none_at_a_glance()),
                            );
                        }
                    }
                    cells = finer;
                }
                Some(cells)
            }
        };
        Ok(Self { name, arity: arity(folded), cells })
    }

    /// The constants of the key.
    pub(super) fn declare(&self) -> String {
        let Self { name, arity, cells } = self;
        let mut text = String::new();
        let kinds = match arity {
            Arity::One => "(or (= kind 0) (= kind 1))",
            Arity::Many => "(or (= kind 0) (= kind 2))",
            Arity::Unknown => "(and (<= 0 kind) (<= kind 2))",
        };
        let _ = writeln!(text, "(declare-const {name}_kind Int)");
        let _ = writeln!(text, "(assert {})", kinds.replace("kind", &format!("{name}_kind")));
        let _ = writeln!(text, "(declare-const {name}_length Int)");
        let _ = writeln!(text, "(assert (and (<= 0 {name}_length) (<= {name}_length {LONGEST})))");
        for at in 0..LONGEST {
            let _ = writeln!(text, "(declare-const {name}_{at} String)");
            if let Some(cells) = cells {
                // What cannot be read is in no cell; an empty string never can.
                let _ = writeln!(text, "(declare-const {name}_{at}_cell Int)");
                let _ = writeln!(
                    text,
                    "(assert (and (<= -1 {name}_{at}_cell) (< {name}_{at}_cell {})))",
                    cells.len()
                );
                let _ = writeln!(text, "(assert (=> (= {name}_{at} \"\") (= {name}_{at}_cell -1)))");
            }
        }
        text
    }

    /// That a test holds.
    pub(super) fn holds(&self, test: &Test, readings: Readings) -> String {
        let name = &self.name;
        let by_length = (1..=LONGEST).rev().fold(test.empty.under(readings).to_string(), |rest, length| {
            format!("(ite (= {name}_length {length}) {} {rest})", self.of_values(test, length, readings))
        });
        format!(
            "(ite (= {name}_kind 0) {} (ite (= {name}_kind 1) {} {by_length}))",
            test.absent.under(readings),
            self.of_values(test, 1, readings)
        )
    }

    /// That it holds of so many values: the rows of S3.1 from the first that applies.
    fn of_values(&self, test: &Test, length: usize, readings: Readings) -> String {
        let takes = |reading| readings.takes_alternative(reading);
        let join = |word: &str, parts: Vec<String>| match parts.as_slice() {
            [only] => only.clone(),
            _ => format!("({word} {})", parts.join(" ")),
        };
        let each = |of: &dyn Fn(usize) -> String| (0..length).map(of).collect::<Vec<_>>();
        let passes = || each(&|at| self.passes(test, at));
        let mut result = match test.quantifier {
            Quantifier::Presence(answer) => answer.to_string(),
            Quantifier::All => join("and", passes()),
            Quantifier::Any => join("or", passes()),
            Quantifier::Single if length == 1 => join("and", passes()),
            Quantifier::Single => match (takes(Reading::ManyValuesAreCompared), test.polarity) {
                (false, _) => "false".to_owned(),
                (true, Polarity::Positive) => join("or", passes()),
                (true, Polarity::Negated) => join("and", passes()),
            },
        };
        // S3.14.1: one value that cannot be read makes the whole test false.
        if !takes(Reading::UnreadableIsNoMatch) && !matches!(test.quantifier, Quantifier::Presence(_)) {
            let readable = each(&|at| self.reads(test, at));
            result = format!("(and {result} {})", join("and", readable));
        }
        let empty = || join("and", each(&|at| format!("(= {}_{at} \"\")", self.name)));
        // S3.3.3, S3.13.3
        if test.quantifier == Quantifier::All && !takes(Reading::ForAllComparesEmptyString) {
            result = format!("(ite {} {} {result})", empty(), test.empty.under(readings));
        }
        if length == 1 && takes(Reading::EmptyStringIsAbsent) {
            result = format!("(ite {} {} {result})", empty(), test.absent.under(readings));
        }
        result
    }

    /// That one value can be read for the test.
    fn reads(&self, test: &Test, at: usize) -> String {
        match &test.operand {
            Operand::Closed(set) if set.sort() == Sort::Text => "true".to_owned(),
            Operand::Closed(set) => match (set.as_texts(), set.not().as_texts()) {
                (Some(members), Some(others)) => member(&members.or(&others), &format!("{}_{at}", self.name)),
                _ => format!("(<= 0 {}_{at}_cell)", self.name),
            },
            Operand::Open(_) => "true".to_owned(),
        }
    }

    /// That one value passes; what cannot be read passes where no match is asked for.
    fn passes(&self, test: &Test, at: usize) -> String {
        let Operand::Closed(set) = &test.operand else { return "true".to_owned() };
        let is_member = match (set.as_texts(), &self.cells) {
            (Some(texts), _) => member(&texts, &format!("{}_{at}", self.name)),
            (None, Some(cells)) => {
                let inside = cells
                    .iter()
                    .enumerate()
                    .filter(|(_, cell)| cell.and(set).is_some_and(|part| !part.is_none_at_a_glance()));
                let places = inside.map(|(number, _)| format!("(= {}_{at}_cell {number})", self.name));
                format!("(or false {})", places.collect::<Vec<_>>().join(" "))
            }
            (None, None) => "false".to_owned(),
        };
        match test.polarity {
            Polarity::Positive => is_member,
            Polarity::Negated => format!("(or {is_member} (not {}))", self.reads(test, at)),
        }
    }
}
