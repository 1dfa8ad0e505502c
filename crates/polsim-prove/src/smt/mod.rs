//! The question as SMT-LIB 2, for solvers that share nothing with this one (z3, cvc5).
//!
//! One check for each situation and each way to read what bears on keys: the claim holds if all are `unsat`. Facts about
//! real requests are left out, so that `unsat` is a proof and `sat` may be a request that no fact admits; hold it against
//! a claim without assumptions.

mod key;
mod text;

use crate::answer::Reason;
use crate::coordinate::{Coordinate, domain};
use crate::goal::{Atom, Goal};
use crate::hints::Hints;
use crate::inquiry::{Inquiry, Spelt};
use crate::readings;
use crate::situations::settings;
use key::Key;
use polsim_arn::Budget;
use polsim_eval::{Operand, Readings, Test};
use polsim_question::question::Question;
use rustc_hash::FxHashSet;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The question in SMT-LIB 2.
///
/// # Errors
/// It has what is not written in that language: policy variables, or a key whose values are compared as several kinds.
pub fn smt2(question: &Question<'_>, budget: &mut Budget) -> Result<String, Reason> {
    let mut text = String::from(
        "; A claim holds if every check is unsat. Facts about real requests are left out: see --no-assume all.\n\
         (set-logic ALL)\n",
    );
    let settled = RefCell::default();
    let hints = Hints::new(question);
    let mut written = FxHashSet::default();
    for setting in &settings(question) {
        let inquiry = Inquiry::new(question, None, setting, &settled, &hints);
        if inquiry.is_region_empty(budget).map_err(|_| Reason::OutOfSteps)? {
            continue;
        }
        let (bearing, spelts) = inquiry.bearing(budget);
        for (taken, spelt) in readings::subsets(&bearing).zip(&spelts) {
            let readings: Readings = taken.into_iter().collect();
            let check = check(question, &inquiry, spelt, readings)?;
            // Many situations are alike.
            if !written.contains(&check) {
                let _ =
                    writeln!(text, "(push 1) ; {:?} {:?} {:?}", setting.kind, setting.accounts, setting.path);
                text.push_str(&check);
                text.push_str("(check-sat)\n(pop 1)\n");
                written.insert(check);
            }
        }
    }
    Ok(text)
}

/// The declarations and assertions of one goal.
fn check(
    question: &Question<'_>,
    inquiry: &Inquiry<'_, '_>,
    (goal, atoms): &Spelt,
    readings: Readings,
) -> Result<String, Reason> {
    let mut used = BTreeSet::new();
    goal.for_each_atom(&mut |atom| {
        used.insert(atom);
    });
    let mut coordinates: BTreeSet<Coordinate> = inquiry.limited().collect();
    let of = |atom: &usize| atoms.get(*atom);
    coordinates.extend(used.iter().filter_map(of).map(|atom| atom.coordinate));
    let mut text = String::new();
    let mut keys = BTreeMap::new();
    for coordinate in &coordinates {
        let name = name(*coordinate);
        match coordinate {
            Coordinate::Reading(_) => {
                let _ = writeln!(text, "(declare-const {name} Bool)");
            }
            Coordinate::Key(key) => {
                let own = used.iter().filter_map(of).filter(|atom| atom.coordinate == *coordinate);
                let tests: Vec<&Test> = own.map(|atom| &atom.test).collect();
                let folded = question.model.keys().key(*key).map(polsim_policy::ConditionKey::folded);
                let key = Key::new(name, &folded.unwrap_or_default(), &tests)?;
                text.push_str(&key.declare());
                keys.insert(*coordinate, key);
            }
            _ => {
                let _ = writeln!(text, "(declare-const {name} String)");
                let held = domain(*coordinate, inquiry.setting.kind);
                let _ = writeln!(text, "(assert {})", text::member(&held, &name));
                if let Some(limit) = inquiry.limit(*coordinate) {
                    let _ = writeln!(text, "(assert {})", text::member(limit, &name));
                }
            }
        }
    }
    let mut terms = Vec::new();
    for (number, atom) in atoms.iter().enumerate() {
        terms.push(if used.contains(&number) { term(atom, &keys, readings)? } else { String::new() });
    }
    let _ = writeln!(text, "(assert {})", formula(goal, &terms));
    Ok(text)
}

fn name(coordinate: Coordinate) -> String {
    match coordinate {
        Coordinate::Key(key) => format!("key{}", key.index()),
        Coordinate::Reading(reading) => format!("reading_{}", reading.name().replace('-', "_")),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// What an atom says.
fn term(atom: &Atom, keys: &BTreeMap<Coordinate, Key>, readings: Readings) -> Result<String, Reason> {
    let name = name(atom.coordinate);
    match (&atom.test.operand, keys.get(&atom.coordinate)) {
        (Operand::Open(open), _) => {
            let mut variables = open.templates.iter().flat_map(|template| template.variables());
            let key = variables.find_map(|variable| variable.key.as_deref()).unwrap_or_default();
            Err(Reason::Variable(key.to_owned()))
        }
        (_, Some(key)) => Ok(key.holds(&atom.test, readings)),
        _ if matches!(atom.coordinate, Coordinate::Reading(_)) => Ok(name),
        (Operand::Closed(set), None) => match set.as_texts() {
            Some(set) => Ok(text::member(&set, &name)),
            None => Err(Reason::MixedKey("the id of the principal".to_owned())),
        },
    }
}

fn formula(goal: &Goal, terms: &[String]) -> String {
    let joined = |word: &str, parts: &[Goal]| {
        let parts: Vec<String> = parts.iter().map(|part| formula(part, terms)).collect();
        format!("({word} {})", parts.join(" "))
    };
    match goal {
        Goal::Always => "true".to_owned(),
        Goal::Never => "false".to_owned(),
        Goal::Atom(atom, holds) => {
            let term = terms.get(*atom).map_or("true", String::as_str);
            if *holds { term.to_owned() } else { format!("(not {term})") }
        }
        Goal::All(parts) => joined("and", parts),
        Goal::Any(parts) => joined("or", parts),
    }
}
