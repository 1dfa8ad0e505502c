//! Formulas over tests, each part once, so that equal parts are one part.
//!
//! A part is made of literals of other parts. That is how the parts that a certificate speaks of are found again among
//! those that the checker made: order, repetition and nesting make no difference.

use crate::form::Term;
use polsim_arn::TextSet;
use polsim_eval::{KeyId, Reading, Test};
use rustc_hash::FxHashMap;

/// A part, or that it does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Lit(u32);

impl Lit {
    /// What always holds.
    pub(crate) const TRUE: Self = Self(0);
    /// What never holds.
    pub(crate) const FALSE: Self = Self(1);

    pub(crate) fn negated(self) -> Self {
        Self(self.0 ^ 1)
    }

    pub(crate) fn part(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    fn of(part: usize) -> Self {
        Self(u32::try_from(part).unwrap_or(u32::MAX / 2) << 1)
    }

    /// This, or that it does not hold.
    pub(crate) fn when(self, holds: bool) -> Self {
        if holds { self } else { self.negated() }
    }
}

impl From<bool> for Lit {
    fn from(holds: bool) -> Self {
        if holds { Self::TRUE } else { Self::FALSE }
    }
}

/// What a part without parts asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Atom {
    /// Whether a text is in a set.
    Text(Coordinate, TextSet),
    /// A test on a condition key.
    Key(KeyId, Test),
    /// How an ambiguity is read.
    Reading(Reading),
    /// Something of which nothing is known.
    Opaque,
}

/// A part of a request that is always one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Coordinate {
    /// The action, in lower case.
    Action,
    /// The resource.
    Resource,
    /// The ARN of the principal; of a role session, that of its role.
    PrincipalArn,
    /// The ARN of the user behind a federated user.
    IssuerArn,
    /// The name of a role session.
    SessionName,
    /// The unique id of a user or a session.
    UniqueId,
    /// The name of a service or provider.
    Name,
    /// The canonical id of the account.
    CanonicalId,
}

impl Coordinate {
    /// The word in certificates.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Resource => "resource",
            Self::PrincipalArn => "principal-arn",
            Self::IssuerArn => "issuer-arn",
            Self::SessionName => "session-name",
            Self::UniqueId => "unique-id",
            Self::Name => "principal-name",
            Self::CanonicalId => "canonical-id",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    True,
    Leaf(Term),
    All(Vec<Lit>),
    Any(Vec<Lit>),
}

/// Shape, each once.
#[derive(Clone, Debug)]
pub(crate) struct Circuit {
    parts: Vec<Part>,
    numbers: FxHashMap<Part, usize>,
    atoms: FxHashMap<usize, Atom>,
    /// Whether two different tests were written alike.
    pub(crate) is_ambiguous: bool,
}

impl Default for Circuit {
    fn default() -> Self {
        Self {
            parts: vec![Part::True],
            numbers: FxHashMap::default(),
            atoms: FxHashMap::default(),
            is_ambiguous: false,
        }
    }
}

impl Circuit {
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// That a part holds.
    pub(crate) fn literal(&self, part: usize) -> Option<Lit> {
        (part < self.parts.len()).then(|| Lit::of(part))
    }

    /// What a part asks, when it has no parts.
    pub(crate) fn atom(&self, part: usize) -> Option<&Atom> {
        self.atoms.get(&part)
    }

    fn intern(&mut self, part: Part) -> Lit {
        let next = self.parts.len();
        let number = *self.numbers.entry(part).or_insert(next);
        Lit::of(number)
    }

    fn add(&mut self, part: Part) -> Lit {
        let literal = self.intern(part.clone());
        if literal.part() == self.parts.len() {
            self.parts.push(part);
        }
        literal
    }

    /// A test, with the term that it is written as.
    pub(crate) fn leaf(&mut self, term: Term, atom: Atom) -> Lit {
        let literal = self.add(Part::Leaf(term));
        let known = self.atoms.entry(literal.part()).or_insert_with(|| atom.clone());
        self.is_ambiguous |= *known != atom;
        literal
    }

    /// The test that is written so.
    pub(crate) fn find(&self, term: &Term) -> Option<Lit> {
        self.numbers.get(&Part::Leaf(term.clone())).map(|part| Lit::of(*part))
    }

    pub(crate) fn all(&mut self, literals: impl IntoIterator<Item = Lit>) -> Lit {
        self.join(
            literals,
            Lit::TRUE,
            |part| if let Part::All(inner) = part { Some(inner) } else { None },
            Part::All,
        )
    }

    pub(crate) fn any(&mut self, literals: impl IntoIterator<Item = Lit>) -> Lit {
        self.join(
            literals,
            Lit::FALSE,
            |part| if let Part::Any(inner) = part { Some(inner) } else { None },
            Part::Any,
        )
    }

    fn join(
        &mut self,
        literals: impl IntoIterator<Item = Lit>,
        neutral: Lit,
        same: fn(&Part) -> Option<&Vec<Lit>>,
        make: fn(Vec<Lit>) -> Part,
    ) -> Lit {
        let mut kept = Vec::new();
        for literal in literals {
            let inner = self.parts.get(literal.part()).filter(|_| literal.is_positive()).and_then(same);
            match inner {
                Some(inner) => kept.extend_from_slice(inner),
                None if literal == neutral => {}
                None if literal == neutral.negated() => return literal,
                None => kept.push(literal),
            }
        }
        kept.sort_unstable();
        kept.dedup();
        match kept.as_slice() {
            [] => neutral,
            [only] => *only,
            _ => self.add(make(kept)),
        }
    }

    /// The same formula where some tests are known, in a circuit of its own.
    pub(crate) fn fold(&self, root: Lit, facts: &FxHashMap<usize, bool>) -> (Self, Lit) {
        let mut folded = Self { is_ambiguous: self.is_ambiguous, ..Self::default() };
        let mut done = FxHashMap::default();
        let root = self.fold_into(root, facts, &mut folded, &mut done);
        (folded, root)
    }

    fn fold_into(
        &self,
        literal: Lit,
        facts: &FxHashMap<usize, bool>,
        into: &mut Self,
        done: &mut FxHashMap<usize, Lit>,
    ) -> Lit {
        let number = literal.part();
        if let Some(known) = done.get(&number) {
            return known.when(literal.is_positive());
        }
        let result = match (self.parts.get(number), facts.get(&number)) {
            (None | Some(Part::True), _) => Lit::TRUE,
            (Some(Part::Leaf(_)), Some(value)) => (*value).into(),
            (Some(Part::Leaf(term)), None) => {
                let atom = self.atoms.get(&number).cloned().unwrap_or(Atom::Opaque);
                into.leaf(term.clone(), atom)
            }
            (Some(Part::All(inner)), _) => {
                let inner: Vec<Lit> =
                    inner.iter().map(|part| self.fold_into(*part, facts, into, done)).collect();
                into.all(inner)
            }
            (Some(Part::Any(inner)), _) => {
                let inner: Vec<Lit> =
                    inner.iter().map(|part| self.fold_into(*part, facts, into, done)).collect();
                into.any(inner)
            }
        };
        done.insert(number, result);
        result.when(literal.is_positive())
    }
}
