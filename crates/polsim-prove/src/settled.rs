//! Atoms that the region settles: of the actions of `s3:Get*` every statement about `ec2:*` is out, and need not be looked
//! at in any search.

use crate::coordinate::{Coordinate, domain};
use crate::goal::{AtomId, Atoms, Goal};
use polsim_arn::{Budget, OutOfSteps, TextSet};
use polsim_eval::{Operand, PrincipalKind};
use rustc_hash::FxHashMap;

/// How many steps one atom may cost; what is not settled by then is left to the search.
const STEPS: u64 = 2_000;

/// What is known of atoms, for all searches of a question.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// What the region leaves to each coordinate that it speaks of, and whether that is nothing.
    bases: FxHashMap<Place, (TextSet, bool)>,
    known: FxHashMap<(Place, TextSet), Option<bool>>,
    /// Whether a search had a conflict between keys that policy variables tie together.
    pub(crate) ties_keys: bool,
    /// The atoms of the last goal that were settled, when somebody wants to know.
    told: Option<Vec<(AtomId, bool)>>,
}

/// A coordinate, with the kind of the principal where it matters.
type Place = (Coordinate, Option<PrincipalKind>);

fn place(coordinate: Coordinate, kind: PrincipalKind) -> Place {
    (coordinate, coordinate.is_of_principal().then_some(kind))
}

impl Settled {
    /// Takes note of what the region says of a coordinate; whether it leaves nothing.
    pub(crate) fn limit(
        &mut self,
        coordinate: Coordinate,
        kind: PrincipalKind,
        region: &TextSet,
        budget: &mut Budget,
    ) -> Result<bool, OutOfSteps> {
        let place = place(coordinate, kind);
        if let Some((_, is_empty)) = self.bases.get(&place) {
            return Ok(*is_empty);
        }
        let base = region.and(&domain(coordinate, kind));
        let is_empty = base.is_empty(budget)?;
        self.bases.insert(place, (base, is_empty));
        Ok(is_empty)
    }

    /// Begins to take note of the atoms that are settled.
    pub(crate) fn remember(&mut self) {
        self.told = Some(Vec::new());
    }

    /// The atoms that were settled since.
    pub(crate) fn remembered(&mut self) -> Vec<(AtomId, bool)> {
        self.told.take().unwrap_or_default()
    }

    /// The goal without what is settled.
    pub(crate) fn simplify(
        &mut self,
        goal: &Goal,
        atoms: &Atoms,
        kind: PrincipalKind,
        budget: &mut Budget,
    ) -> Goal {
        match goal {
            Goal::Always | Goal::Never => goal.clone(),
            Goal::Atom(atom, holds) => match self.value(*atom, atoms, kind, budget) {
                Some(value) => {
                    self.told.iter_mut().for_each(|told| told.push((*atom, value)));
                    (value == *holds).into()
                }
                None => goal.clone(),
            },
            Goal::All(parts) => {
                let mut kept = Vec::new();
                for part in parts.iter() {
                    match self.simplify(part, atoms, kind, budget) {
                        Goal::Never => return Goal::Never,
                        part => kept.push(part),
                    }
                }
                Goal::all(kept)
            }
            Goal::Any(parts) => {
                let mut kept = Vec::new();
                for part in parts.iter() {
                    match self.simplify(part, atoms, kind, budget) {
                        Goal::Always => return Goal::Always,
                        part => kept.push(part),
                    }
                }
                Goal::any(kept)
            }
        }
    }

    /// The truth value of an atom in the whole region, if it has one.
    fn value(
        &mut self,
        number: AtomId,
        atoms: &Atoms,
        kind: PrincipalKind,
        budget: &mut Budget,
    ) -> Option<bool> {
        let atom = atoms.get(number)?;
        let place = place(atom.coordinate, kind);
        let (base, _) = self.bases.get(&place)?;
        let Operand::Closed(set) = &atom.test.operand else { return None };
        let texts = set.as_texts()?;
        if let Some(known) = self.known.get(&(place, texts.clone())) {
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
        self.known.insert((place, texts), value);
        value
    }
}
