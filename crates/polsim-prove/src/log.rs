//! What a search tells of itself, so that somebody else can follow it.

use crate::coordinate::Coordinate;
use crate::goal::{Atom, AtomId, Atoms, Goal};
use crate::search::{self, Lit};
use polsim_certificate::{Literal, Proof, Term, key_test, set_form};
use polsim_eval::{KeyTable, Operand};
use rustc_hash::FxHashMap;

/// The way of the last search.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// The atoms that the region settles.
    settled: Vec<(AtomId, bool)>,
    lemmas: Vec<Vec<Lit>>,
    learnt: Vec<Vec<Lit>>,
    /// Whether parts of a request that policy variables tie together took part in a lemma.
    pub(crate) has_joint_lemmas: bool,
    atoms: Atoms,
    /// Which variable is which atom.
    atom_of: Vec<Option<AtomId>>,
    /// Which variable is which part of the goal.
    parts: Vec<(usize, Goal)>,
}

impl search::Log for Log {
    fn lemma(&mut self, literals: &[Lit]) {
        self.lemmas.push(literals.to_vec());
    }

    fn learnt(&mut self, clause: &[Lit]) {
        self.learnt.push(clause.to_vec());
    }
}

impl Log {
    /// A search begins; what was told of another one is forgotten.
    pub(crate) fn begin(&mut self, settled: Vec<(AtomId, bool)>) {
        *self = Self { settled, ..Self::default() };
    }

    /// It has found nothing.
    pub(crate) fn end(
        &mut self,
        atoms: Atoms,
        (atom_of, parts): (Vec<Option<AtomId>>, Vec<(usize, Goal)>),
        has_joint_lemmas: bool,
    ) {
        self.has_joint_lemmas = has_joint_lemmas;
        self.atoms = atoms;
        self.atom_of = atom_of;
        self.parts = parts;
    }

    /// The proof that there is nothing.
    pub(crate) fn proof(&self, keys: &KeyTable) -> Proof {
        let mut writer = Writer {
            log: self,
            keys,
            terms: Vec::new(),
            of_atom: FxHashMap::default(),
            of_part: FxHashMap::default(),
        };
        let mut settled = self.settled.clone();
        settled.sort_unstable();
        settled.dedup();
        let mut lemmas: Vec<Vec<Literal>> =
            settled.into_iter().map(|(atom, value)| vec![writer.atom(atom, !value)]).collect();
        for lemma in &self.lemmas {
            lemmas.push(lemma.iter().map(|literal| writer.literal(*literal)).collect());
        }
        let learnt =
            self.learnt.iter().map(|clause| clause.iter().map(|literal| writer.literal(*literal)).collect());
        let learnt = learnt.collect();
        Proof { terms: writer.terms, lemmas, learnt }
    }
}

/// Writes literals as numbers of terms.
struct Writer<'l> {
    log: &'l Log,
    keys: &'l KeyTable,
    terms: Vec<Term>,
    of_atom: FxHashMap<AtomId, Literal>,
    of_part: FxHashMap<usize, Literal>,
}

impl Writer<'_> {
    fn add(&mut self, term: Term) -> Literal {
        self.terms.push(term);
        Literal::try_from(self.terms.len()).unwrap_or(Literal::MAX)
    }

    fn literal(&mut self, literal: Lit) -> Literal {
        let variable = literal.variable();
        let number = match self.log.atom_of.get(variable).copied().flatten() {
            Some(atom) => self.atom(atom, true),
            None => self.part(variable),
        };
        if literal.is_positive() { number } else { -number }
    }

    fn atom(&mut self, atom: AtomId, holds: bool) -> Literal {
        let number = match self.of_atom.get(&atom) {
            Some(number) => *number,
            None => {
                let term = self.log.atoms.get(atom).map(|atom| term(atom, self.keys));
                let number = self.add(term.unwrap_or_else(|| Term::All(Vec::new())));
                self.of_atom.insert(atom, number);
                number
            }
        };
        if holds { number } else { -number }
    }

    fn part(&mut self, variable: usize) -> Literal {
        if let Some(number) = self.of_part.get(&variable) {
            return *number;
        }
        let place = self.log.parts.binary_search_by_key(&variable, |(variable, _)| *variable);
        let goal = place.ok().and_then(|place| self.log.parts.get(place)).map(|(_, goal)| goal.clone());
        let number = self.goal(&goal.unwrap_or(Goal::Always));
        self.of_part.insert(variable, number);
        number
    }

    fn goal(&mut self, goal: &Goal) -> Literal {
        match goal {
            Goal::Always => self.add(Term::All(Vec::new())),
            Goal::Never => self.add(Term::Any(Vec::new())),
            Goal::Atom(atom, holds) => self.atom(*atom, *holds),
            Goal::All(parts) => {
                let parts = parts.iter().map(|part| self.goal(part)).collect();
                self.add(Term::All(parts))
            }
            Goal::Any(parts) => {
                let parts = parts.iter().map(|part| self.goal(part)).collect();
                self.add(Term::Any(parts))
            }
        }
    }
}

/// A test as it stands in certificates.
fn term(atom: &Atom, keys: &KeyTable) -> Term {
    let on = match atom.coordinate {
        Coordinate::Reading(reading) => return Term::Reading(reading.name().to_owned()),
        Coordinate::Key(key) => keys.key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default(),
        Coordinate::Action => "action".to_owned(),
        Coordinate::Resource => "resource".to_owned(),
        Coordinate::PrincipalArn => "principal-arn".to_owned(),
        Coordinate::IssuerArn => "issuer-arn".to_owned(),
        Coordinate::SessionName => "session-name".to_owned(),
        Coordinate::UniqueId => "unique-id".to_owned(),
        Coordinate::Name => "principal-name".to_owned(),
        Coordinate::CanonicalId => "canonical-id".to_owned(),
    };
    let opaque = |on| Term::Opaque { on, test: format!("{:?}", atom.test) };
    match (&atom.test.operand, atom.coordinate) {
        (_, Coordinate::Key(_)) => match key_test(&atom.test) {
            Some(test) => Term::Key { key: on, test },
            None => opaque(on),
        },
        (Operand::Closed(polsim_value::ValueSet::Text(set)), _) => Term::Text { on, within: set_form(set) },
        _ => opaque(on),
    }
}
