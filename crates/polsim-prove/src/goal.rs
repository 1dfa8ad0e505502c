//! What a request has to satisfy to break a claim: a formula over atoms in negation normal form.

use crate::coordinate::Coordinate;
use polsim_eval::Test;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// A test on one coordinate. The variable inside the test is not looked at any more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Atom {
    pub(crate) coordinate: Coordinate,
    pub(crate) test: Test,
}

/// The number of an atom.
pub(crate) type AtomId = usize;

/// A goal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Goal {
    Always,
    Never,
    /// The atom is true, or false.
    Atom(AtomId, bool),
    All(Rc<[Goal]>),
    Any(Rc<[Goal]>),
}

/// Atoms, each once.
#[derive(Debug, Default)]
pub(crate) struct Atoms {
    numbers: FxHashMap<Atom, AtomId>,
    atoms: Vec<Atom>,
}

impl Atoms {
    pub(crate) fn number(&mut self, atom: Atom) -> AtomId {
        if let Some(number) = self.numbers.get(&atom) {
            return *number;
        }
        self.atoms.push(atom.clone());
        self.numbers.insert(atom, self.atoms.len() - 1);
        self.atoms.len() - 1
    }

    pub(crate) fn get(&self, number: AtomId) -> Option<&Atom> {
        self.atoms.get(number)
    }

    pub(crate) fn len(&self) -> usize {
        self.atoms.len()
    }
}

impl From<bool> for Goal {
    fn from(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }
}

impl Goal {
    pub(crate) fn all(goals: impl IntoIterator<Item = Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for goal in goals {
            match goal {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::All(inner) => kept.extend(inner.iter().cloned()),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Always,
            1 => kept.remove(0),
            _ => Self::All(kept.into()),
        }
    }

    pub(crate) fn any(goals: impl IntoIterator<Item = Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for goal in goals {
            match goal {
                Self::Never => {}
                Self::Always => return Self::Always,
                Self::Any(inner) => kept.extend(inner.iter().cloned()),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Never,
            1 => kept.remove(0),
            _ => Self::Any(kept.into()),
        }
    }

    /// Calls `visit` for every atom in it, each as often as it occurs.
    pub(crate) fn for_each_atom(&self, visit: &mut impl FnMut(AtomId)) {
        match self {
            Self::Always | Self::Never => {}
            Self::Atom(atom, _) => visit(*atom),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_atom(visit)),
        }
    }
}
