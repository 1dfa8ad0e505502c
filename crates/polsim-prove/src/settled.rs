//! Atoms that the region settles: of the actions of `s3:Get*` every statement about `ec2:*` is out, and need not be looked
//! at in any search.

use crate::coordinate::{Coordinate, domain};
use crate::goal::{AtomId, Atoms, Goal};
use polsim_arn::{Budget, TextSet};
use polsim_eval::{Operand, PrincipalKind};
use rustc_hash::FxHashMap;

/// How many steps one atom may cost; what is not settled by then is left to the search.
const STEPS: u64 = 2_000;

/// What is known of atoms in one setting, for all its searches.
#[derive(Debug)]
pub(crate) struct Settled {
    /// What the region leaves to each coordinate that it speaks of.
    bases: Vec<(Coordinate, TextSet)>,
    known: FxHashMap<(Coordinate, TextSet), Option<bool>>,
}

impl Settled {
    pub(crate) fn new(region: &FxHashMap<Coordinate, TextSet>, kind: PrincipalKind) -> Self {
        let limited = region.iter().filter(|(_, set)| !set.is_all_at_a_glance());
        let bases = limited.map(|(coordinate, set)| (*coordinate, set.and(&domain(*coordinate, kind))));
        Self { bases: bases.collect(), known: FxHashMap::default() }
    }

    /// The goal without what is settled.
    pub(crate) fn simplify(&mut self, goal: &Goal, atoms: &Atoms, budget: &mut Budget) -> Goal {
        match goal {
            Goal::Always | Goal::Never => goal.clone(),
            Goal::Atom(atom, holds) => match self.value(*atom, atoms, budget) {
                Some(value) => (value == *holds).into(),
                None => goal.clone(),
            },
            Goal::All(parts) => {
                let mut kept = Vec::new();
                for part in parts.iter() {
                    match self.simplify(part, atoms, budget) {
                        Goal::Never => return Goal::Never,
                        part => kept.push(part),
                    }
                }
                Goal::all(kept)
            }
            Goal::Any(parts) => {
                let mut kept = Vec::new();
                for part in parts.iter() {
                    match self.simplify(part, atoms, budget) {
                        Goal::Always => return Goal::Always,
                        part => kept.push(part),
                    }
                }
                Goal::any(kept)
            }
        }
    }

    /// The truth value of an atom in the whole region, if it has one.
    fn value(&mut self, number: AtomId, atoms: &Atoms, budget: &mut Budget) -> Option<bool> {
        let atom = atoms.get(number)?;
        let (_, base) = self.bases.iter().find(|(coordinate, _)| *coordinate == atom.coordinate)?;
        let Operand::Closed(set) = &atom.test.operand else { return None };
        let texts = set.as_texts()?;
        if let Some(known) = self.known.get(&(atom.coordinate, texts.clone())) {
            return *known;
        }
        let steps = STEPS.min(budget.left());
        let mut own = Budget::new(steps);
        let mut is_empty = |set: &TextSet| set.is_empty(&mut own).ok();
        let value = match is_empty(&base.and(&texts)) {
            Some(true) => Some(false),
            Some(false) => is_empty(&base.and(&texts.not())).and_then(|none| none.then_some(true)),
            None => None,
        };
        *budget = Budget::new(budget.left() - (steps - own.left()));
        self.known.insert((atom.coordinate, texts), value);
        value
    }
}
