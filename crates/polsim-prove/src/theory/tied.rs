//! Coordinates that literals tie together, as an atom with policy variables is about several.

use super::{Coordinates, Literal, Model, Undecided, joint};
use crate::answer::Reason;
use crate::coordinate::Coordinate;
use crate::goal::AtomId;
use polsim_arn::{Budget, OutOfSteps};

/// Coordinates that are tied together, with the literals on them and their places on the trail.
pub(super) struct Component {
    pub(super) coordinates: Vec<Coordinate>,
    pub(super) literals: Vec<(usize, Literal)>,
}

/// The coordinates of a component, with their values.
type TiedModels = (Vec<Coordinate>, Vec<(Coordinate, Model)>);

impl Coordinates<'_, '_> {
    /// The coordinates that an atom ties together; none for most.
    pub(super) fn tied_by(&self, atom: AtomId) -> &'_ [Coordinate] {
        self.ties.get(&atom).map(Vec::as_slice).unwrap_or_default()
    }

    /// The coordinates that literals tie to some, each group once.
    pub(super) fn components<'c>(&self, from: impl Iterator<Item = &'c Coordinate>) -> Vec<Component> {
        let mut components: Vec<Component> = Vec::new();
        for start in from {
            if components.iter().any(|component| component.coordinates.contains(start)) {
                continue;
            }
            let mut coordinates = vec![*start];
            loop {
                let before = coordinates.len();
                for (_, (atom, _)) in &self.tied {
                    let tied = self.tied_by(*atom);
                    if tied.iter().any(|coordinate| coordinates.contains(coordinate)) {
                        coordinates.extend_from_slice(tied);
                    }
                }
                coordinates.sort_unstable();
                coordinates.dedup();
                if coordinates.len() == before {
                    break;
                }
            }
            let apart = coordinates.iter().filter_map(|coordinate| self.asserted.get(coordinate)).flatten();
            let is_own = |atom: AtomId| self.tied_by(atom).iter().any(|tied| coordinates.contains(tied));
            let tied = self.tied.iter().filter(|(_, (atom, _))| is_own(*atom));
            let literals = apart.chain(tied).copied().collect();
            components.push(Component { coordinates, literals });
        }
        components
    }

    /// Values for the coordinates that are tied together, by component.
    pub(super) fn tied_models(&self, budget: &mut Budget) -> Result<Vec<TiedModels>, Undecided> {
        let mut models = Vec::new();
        for component in self.components(self.tied.iter().flat_map(|(_, (atom, _))| self.tied_by(*atom))) {
            let mut literals: Vec<Literal> = component.literals.iter().map(|(_, literal)| *literal).collect();
            literals.sort_unstable();
            match joint::solve(self, &component.coordinates, &literals, true, budget)? {
                joint::Outcome::Models(found) => models.push((component.coordinates, found)),
                joint::Outcome::Nothing | joint::Outcome::Unsure => return Err(self.unsure(literals)),
            }
        }
        Ok(models)
    }

    /// Literals that tie coordinates together and were not decided.
    fn unsure(&self, literals: Vec<Literal>) -> Undecided {
        let variable = literals.iter().find_map(|(atom, _)| {
            let test = &self.atoms.get(*atom)?.test;
            self.world.unknown_variable(test)
        });
        let reason = Reason::Variable(variable.unwrap_or_default().to_owned());
        Undecided { reason, literals }
    }

    /// The same for coordinates that are tied together; what is not decided can be for the time being.
    fn can_hold_together(
        &mut self,
        coordinates: &[Coordinate],
        literals: &[Literal],
        budget: &mut Budget,
    ) -> Result<bool, OutOfSteps> {
        let mut sorted = literals.to_vec();
        sorted.sort_unstable();
        if let Some(known) = self.known.get(&sorted) {
            return Ok(*known);
        }
        let found = joint::solve(self, coordinates, &sorted, false, budget)?;
        let can = !matches!(found, joint::Outcome::Nothing);
        self.known.insert(sorted, can);
        Ok(can)
    }

    /// A part of the literals of a component that cannot hold together, if these cannot: large parts are left out first.
    pub(super) fn joint_conflict(
        &mut self,
        component: &Component,
        budget: &mut Budget,
    ) -> Result<Option<Vec<usize>>, OutOfSteps> {
        let of = |kept: &[(usize, Literal)]| kept.iter().map(|(_, literal)| *literal).collect::<Vec<_>>();
        let mut kept = component.literals.clone();
        if self.can_hold_together(&component.coordinates, &of(&kept), budget)? {
            return Ok(None);
        }
        let mut size = kept.len().div_ceil(2).max(1);
        loop {
            let mut at = 0;
            while at < kept.len() {
                let mut fewer = kept.clone();
                fewer.drain(at..(at + size).min(kept.len()));
                if self.can_hold_together(&component.coordinates, &of(&fewer), budget)? {
                    at += size;
                } else {
                    kept = fewer;
                }
            }
            if size == 1 {
                break;
            }
            size = size.div_ceil(2);
        }
        self.has_joint_conflict = true;
        Ok(Some(kept.into_iter().map(|(place, _)| place).collect()))
    }
}
