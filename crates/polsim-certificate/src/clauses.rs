//! Following clauses: each must become false by propagating units once it is denied.
//!
//! That is all that the checker does of what solvers do. It decides nothing and learns nothing; a clause that needs a
//! guess to be seen is refused.

use crate::circuit::{Circuit, Lit, Part};

/// Clauses that hold, and what follows from them by units alone.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    clauses: Vec<Vec<Lit>>,
    /// For each literal the clauses that watch it, to be looked at when it becomes false.
    watches: Vec<Vec<usize>>,
    values: Vec<Option<bool>>,
    trail: Vec<Lit>,
    propagated: usize,
    /// Whether there is nothing left that could hold.
    is_refuted: bool,
}

impl Clauses {
    /// The clauses that say what the parts of a circuit are.
    pub(crate) fn of(circuit: &Circuit) -> Self {
        let parts = circuit.parts();
        let mut clauses = Self {
            watches: vec![Vec::new(); parts.len() * 2],
            values: vec![None; parts.len()],
            ..Self::default()
        };
        clauses.add(vec![Lit::TRUE]);
        for (number, part) in parts.iter().enumerate() {
            let Some(whole) = circuit.literal(number) else { continue };
            match part {
                Part::True | Part::Leaf(_) => {}
                Part::All(inner) => clauses.define(whole, inner, false),
                Part::Any(inner) => clauses.define(whole, inner, true),
            }
        }
        clauses
    }

    /// That a part is any of others, or all of them.
    fn define(&mut self, whole: Lit, inner: &[Lit], is_any: bool) {
        let flip = |literal: Lit| literal.when(is_any);
        let whole = flip(whole);
        for part in inner {
            self.add(vec![whole, flip(*part).negated()]);
        }
        let mut long: Vec<Lit> = inner.iter().map(|part| flip(*part)).collect();
        long.push(whole.negated());
        self.add(long);
    }

    fn value(&self, literal: Lit) -> Option<bool> {
        let value = self.values.get(literal.part()).copied().flatten()?;
        Some(value == literal.is_positive())
    }

    /// Adds a clause that holds.
    pub(crate) fn add(&mut self, mut clause: Vec<Lit>) {
        clause.sort_unstable();
        clause.dedup();
        if clause
            .iter()
            .any(|literal| self.value(*literal) == Some(true) || clause.contains(&literal.negated()))
        {
            return;
        }
        clause.retain(|literal| self.value(*literal).is_none());
        match clause.as_slice() {
            [] => self.is_refuted = true,
            [only] => {
                self.assign(*only);
                self.is_refuted |= !self.propagate();
            }
            [first, second, ..] => {
                for watched in [*first, *second] {
                    if let Some(list) = self.watches.get_mut(watched.index()) {
                        list.push(self.clauses.len());
                    }
                }
                self.clauses.push(clause);
            }
        }
    }

    /// Whether nothing can hold any more.
    pub(crate) fn is_refuted(&self) -> bool {
        self.is_refuted
    }

    /// Adds a clause if it follows by units; says whether it does.
    pub(crate) fn learn(&mut self, clause: &[Lit]) -> bool {
        if self.is_refuted {
            return true;
        }
        let start = self.trail.len();
        let mut follows = false;
        for literal in clause {
            match self.value(*literal) {
                Some(true) => follows = true,
                Some(false) => {}
                None => self.assign(literal.negated()),
            }
        }
        follows = follows || !self.propagate();
        for literal in self.trail.drain(start..) {
            if let Some(value) = self.values.get_mut(literal.part()) {
                *value = None;
            }
        }
        self.propagated = start;
        if follows {
            self.add(clause.to_vec());
        }
        follows
    }

    fn assign(&mut self, literal: Lit) {
        if let Some(value) = self.values.get_mut(literal.part()) {
            *value = Some(literal.is_positive());
            self.trail.push(literal);
        }
    }

    /// Assigns all units; `false` when a clause has become false.
    fn propagate(&mut self) -> bool {
        while let Some(literal) = self.trail.get(self.propagated).copied() {
            self.propagated += 1;
            let lost = literal.negated();
            let watching = self.watches.get_mut(lost.index()).map(std::mem::take).unwrap_or_default();
            let mut kept = Vec::with_capacity(watching.len());
            let mut numbers = watching.into_iter();
            let mut is_false = false;
            for number in numbers.by_ref() {
                match self.look_at(number, lost) {
                    Watch::Moved => {}
                    Watch::Kept => kept.push(number),
                    Watch::False => {
                        kept.push(number);
                        is_false = true;
                        break;
                    }
                }
            }
            kept.extend(numbers);
            if let Some(list) = self.watches.get_mut(lost.index()) {
                list.append(&mut kept);
            }
            if is_false {
                return false;
            }
        }
        true
    }

    /// Looks at a clause one of whose two watched literals has become false.
    fn look_at(&mut self, number: usize, lost: Lit) -> Watch {
        let Some(mut clause) = self.clauses.get_mut(number).map(std::mem::take) else { return Watch::Moved };
        if clause.first() == Some(&lost) {
            clause.swap(0, 1);
        }
        let other = clause.first().copied().unwrap_or(Lit::FALSE);
        let free = clause.iter().skip(2).position(|literal| self.value(*literal) != Some(false));
        let result = match (self.value(other), free) {
            (Some(true), _) => Watch::Kept,
            (_, Some(free)) => {
                clause.swap(1, free + 2);
                let list = clause.get(1).and_then(|watched| self.watches.get_mut(watched.index()));
                list.into_iter().for_each(|list| list.push(number));
                Watch::Moved
            }
            (None, None) => {
                self.assign(other);
                Watch::Kept
            }
            (Some(false), None) => Watch::False,
        };
        if let Some(slot) = self.clauses.get_mut(number) {
            *slot = clause;
        }
        result
    }
}

/// What has become of a clause that was looked at.
enum Watch {
    /// It watches another literal now.
    Moved,
    Kept,
    False,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::Atom;
    use crate::form::Term;

    fn leaves(circuit: &mut Circuit, names: &[&str]) -> Vec<Lit> {
        let leaf = |name: &&str| circuit.leaf(Term::Reading((*name).to_owned()), Atom::Opaque);
        names.iter().map(leaf).collect()
    }

    #[test]
    fn a_clause_is_learnt_only_if_it_follows_by_units() {
        let mut circuit = Circuit::default();
        let [a, b, c] = leaves(&mut circuit, &["a", "b", "c"])[..] else { panic!("three leaves") };
        let mut clauses = Clauses::of(&circuit);
        clauses.add(vec![a.negated(), b]);
        clauses.add(vec![b.negated(), c]);
        assert!(!clauses.learn(&[c]));
        assert!(clauses.learn(&[a.negated(), c]));
        assert!(!clauses.learn(&[a]));
        clauses.add(vec![a]);
        assert!(clauses.learn(&[c]));
        assert!(!clauses.is_refuted());
        clauses.add(vec![c.negated()]);
        assert!(clauses.is_refuted());
    }

    #[test]
    fn parts_are_what_they_are_made_of() {
        let mut circuit = Circuit::default();
        let [a, b, c] = leaves(&mut circuit, &["a", "b", "c"])[..] else { panic!("three leaves") };
        let both = circuit.all([b, a]);
        assert_eq!(both, circuit.all([a, b, a]));
        let either = circuit.any([both, c.negated()]);
        let mut clauses = Clauses::of(&circuit);
        assert!(clauses.learn(&[both.negated(), a]) && clauses.learn(&[either, c]));
        assert!(clauses.learn(&[a.negated(), b.negated(), both]));
        assert!(!clauses.learn(&[a.negated(), both]));
    }
}
