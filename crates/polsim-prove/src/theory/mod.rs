//! Which atoms can hold together: coordinate by coordinate, as atoms on different coordinates never conflict, unless an
//! atom with policy variables ties these together (`joint`).

mod joint;
mod key;
mod text;
mod tied;
mod value;
mod wish;

pub(crate) use joint::ties;

use crate::answer::Reason;
use crate::coordinate::{Coordinate, domain};
use crate::goal::{AtomId, Atoms};
use crate::search::{Lit, Theory};
use crate::world::World;
use polsim_arn::{Budget, OutOfSteps, TextSet};
use polsim_eval::{KeyState, PrincipalKind};
use rustc_hash::FxHashMap;

/// An atom with the truth value that it is to have.
pub(crate) type Literal = (AtomId, bool);

/// Why the theory gives up.
#[derive(Debug)]
pub(crate) struct Undecided {
    pub(crate) reason: Reason,
    /// The literals that were not decided, where the theory can do without them.
    pub(crate) literals: Vec<Literal>,
}

impl From<Reason> for Undecided {
    fn from(reason: Reason) -> Self {
        Self { reason, literals: Vec::new() }
    }
}

impl From<OutOfSteps> for Undecided {
    fn from(_: OutOfSteps) -> Self {
        Reason::OutOfSteps.into()
    }
}

/// What a coordinate can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    /// A text.
    Text(String),
    /// The state of a key.
    Key(KeyState),
}

/// The theory of one world.
pub(crate) struct Coordinates<'w, 'm> {
    pub(crate) world: &'w World<'m>,
    pub(crate) atoms: &'w Atoms,
    /// What the region says of texts.
    pub(crate) region: &'w FxHashMap<Coordinate, TextSet>,
    /// Values that people like to see.
    pub(crate) hints: &'w dyn Fn(Coordinate) -> Vec<String>,
    /// Which variable of the solver is which atom.
    pub(crate) atom_of: Vec<Option<AtomId>>,
    /// For each coordinate the literals on it, in the order in which they came up, with their places on the trail.
    pub(crate) asserted: FxHashMap<Coordinate, Vec<(usize, Literal)>>,
    /// Whether sets of literals can hold together.
    pub(crate) known: FxHashMap<Vec<Literal>, bool>,
    /// Atoms of which too little is known, as values are no texts. Either truth value is taken to be possible, whatever
    /// else holds.
    pub(crate) open: &'w FxHashMap<AtomId, Reason>,
    /// The coordinates that atoms with policy variables tie together.
    pub(crate) ties: &'w FxHashMap<AtomId, Vec<Coordinate>>,
    /// The literals on atoms with policy variables, with their places on the trail.
    pub(crate) tied: Vec<(usize, Literal)>,
    /// Whether coordinates that are tied together took part in a conflict.
    pub(crate) has_joint_conflict: bool,
}

impl Coordinates<'_, '_> {
    /// Begins a search.
    pub(crate) fn restart(&mut self, atom_of: Vec<Option<AtomId>>) {
        self.atom_of = atom_of;
        self.asserted.clear();
        self.tied.clear();
    }

    /// Takes literals that were not decided for impossible from here on.
    pub(crate) fn leave_aside(&mut self, literals: &[Literal]) {
        self.known.insert(literals.to_vec(), false);
    }

    /// A value of a coordinate of which the literals hold; `None` when there is none.
    pub(crate) fn model(
        &self,
        coordinate: Coordinate,
        literals: &[Literal],
        budget: &mut Budget,
    ) -> Result<Option<Model>, Undecided> {
        let hints = (self.hints)(coordinate);
        if let Coordinate::Key(key) = coordinate {
            return Ok(key::model(self, key, literals, &hints, budget)?.map(Model::Key));
        }
        let set = text::set_of(self, literals).and(&self.base(coordinate));
        let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
        Ok(set.pick(&hints, budget)?.map(Model::Text))
    }

    /// Values for all coordinates that literals were asserted on, and for those that every request has.
    pub(crate) fn models(&self, budget: &mut Budget) -> Result<FxHashMap<Coordinate, Model>, Undecided> {
        let mut models = FxHashMap::default();
        let always = [Coordinate::Action, Coordinate::Resource, Coordinate::PrincipalArn, Coordinate::Name];
        let is_known = self.world.facts.principal.is_some();
        let kind = self.world.facts.kind;
        let of_kind = always.into_iter().filter(|coordinate| match coordinate {
            Coordinate::PrincipalArn => !is_known && kind.is_bound_by_scps(),
            Coordinate::Name => {
                let named = [PrincipalKind::Service, PrincipalKind::Saml, PrincipalKind::Oidc];
                !is_known && named.contains(&kind)
            }
            _ => true,
        });
        let asserted = self.asserted.iter().filter(|(_, literals)| !literals.is_empty()).map(|(at, _)| *at);
        let mut apart: Vec<Coordinate> = of_kind.chain(asserted).collect();
        for (coordinates, found) in self.tied_models(budget)? {
            models.extend(found);
            apart.retain(|coordinate| !coordinates.contains(coordinate));
        }
        for coordinate in apart {
            let literals = self.asserted.get(&coordinate).map(Vec::as_slice).unwrap_or_default();
            let literals: Vec<Literal> = literals.iter().map(|(_, literal)| *literal).collect();
            if let Some(model) = self.model(coordinate, &literals, budget)? {
                models.insert(coordinate, model);
            }
        }
        let is_tied =
            self.tied.iter().any(|(_, (atom, _))| self.tied_by(*atom).contains(&Coordinate::Resource));
        if !is_tied && let Some(fitting) = self.fitting_resource(&models) {
            models.insert(Coordinate::Resource, Model::Text(fitting));
        }
        Ok(models)
    }

    /// A resource of the service that the action belongs to, when one will do as well.
    fn fitting_resource(&self, models: &FxHashMap<Coordinate, Model>) -> Option<String> {
        let (Some(Model::Text(action)), Some(Model::Text(resource))) =
            (models.get(&Coordinate::Action), models.get(&Coordinate::Resource))
        else {
            return None;
        };
        let service = action.split_once(':')?.0;
        if polsim_arn::Arn::parse(resource).is_none_or(|arn| arn.service == service) {
            return None;
        }
        let literals = self.asserted.get(&Coordinate::Resource).map(Vec::as_slice).unwrap_or_default();
        let literals: Vec<Literal> = literals.iter().map(|(_, literal)| *literal).collect();
        let set = text::set_of(self, &literals).and(&self.base(Coordinate::Resource));
        let own = format!("arn:aws:{service}:us-east-1:111122223333:example");
        [own, "*".to_owned()].into_iter().find(|candidate| set.contains(candidate))
    }

    /// All texts that the kind of principal and the region leave to a coordinate.
    fn base(&self, coordinate: Coordinate) -> TextSet {
        let domain = domain(coordinate, self.world.facts.kind);
        match self.region.get(&coordinate) {
            Some(region) => region.and(&domain),
            None => domain,
        }
    }

    fn can_hold(
        &mut self,
        coordinate: Coordinate,
        literals: &[Literal],
        budget: &mut Budget,
    ) -> Result<bool, Undecided> {
        let mut sorted = literals.to_vec();
        sorted.sort_unstable();
        if let Some(known) = self.known.get(&sorted) {
            return Ok(*known);
        }
        let can = match coordinate {
            Coordinate::Key(_) => self.model(coordinate, &sorted, budget)?.is_some(),
            _ => !text::set_of(self, &sorted).and(&self.base(coordinate)).is_empty(budget)?,
        };
        self.known.insert(sorted, can);
        Ok(can)
    }

    /// A small part of literals that cannot hold together which cannot either: one with the newest, if possible two.
    fn core(
        &mut self,
        coordinate: Coordinate,
        literals: &[Literal],
        budget: &mut Budget,
    ) -> Result<Vec<Literal>, Undecided> {
        let Some((newest, others)) = literals.split_last() else { return Ok(Vec::new()) };
        if !self.can_hold(coordinate, &[*newest], budget)? {
            return Ok(vec![*newest]);
        }
        for other in others {
            if !self.can_hold(coordinate, &[*other, *newest], budget)? {
                return Ok(vec![*other, *newest]);
            }
        }
        let mut core = literals.to_vec();
        let mut at = 0;
        while at < core.len() {
            let mut fewer = core.clone();
            fewer.remove(at);
            if self.can_hold(coordinate, &fewer, budget)? {
                at += 1;
            } else {
                core = fewer;
            }
        }
        Ok(core)
    }
}

impl Theory for Coordinates<'_, '_> {
    type Error = Undecided;

    fn check(
        &mut self,
        trail: &[Lit],
        fresh: usize,
        budget: &mut Budget,
    ) -> Result<Option<Vec<Lit>>, Undecided> {
        let mut touched = Vec::new();
        for (place, lit) in trail.iter().enumerate().skip(fresh) {
            let Some(atom) = self.atom_of.get(lit.variable()).copied().flatten() else { continue };
            let Some(coordinate) = self.atoms.get(atom).map(|atom| atom.coordinate) else { continue };
            if self.open.contains_key(&atom) || matches!(coordinate, Coordinate::Reading(_)) {
                continue;
            }
            if self.ties.contains_key(&atom) {
                self.tied.push((place, (atom, lit.is_positive())));
                touched.push(coordinate);
                continue;
            }
            self.asserted.entry(coordinate).or_default().push((place, (atom, lit.is_positive())));
            touched.push(coordinate);
        }
        touched.sort_unstable();
        touched.dedup();
        for coordinate in touched.iter().copied() {
            let asserted = self.asserted.get(&coordinate).cloned().unwrap_or_default();
            let literals: Vec<Literal> = asserted.iter().map(|(_, literal)| *literal).collect();
            if self.can_hold(coordinate, &literals, budget)? {
                continue;
            }
            let core = self.core(coordinate, &literals, budget)?;
            let on_trail = asserted.iter().filter(|(_, literal)| core.contains(literal));
            return Ok(Some(on_trail.filter_map(|(place, _)| trail.get(*place).copied()).collect()));
        }
        for component in self.components(touched.iter()) {
            let is_tied = component.literals.iter().any(|(_, (atom, _))| self.ties.contains_key(atom));
            if is_tied && let Some(places) = self.joint_conflict(&component, budget)? {
                return Ok(Some(places.iter().filter_map(|place| trail.get(*place).copied()).collect()));
            }
        }
        Ok(None)
    }

    fn shrink(&mut self, length: usize) {
        for literals in self.asserted.values_mut() {
            literals.retain(|(place, _)| *place < length);
        }
        self.tied.retain(|(place, _)| *place < length);
    }
}
