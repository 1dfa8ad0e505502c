//! A small CDCL solver with a theory.
//!
//! Clauses are learnt from conflicts by the first unique implication point. It differs from a textbook solver in how
//! it decides: only for clauses that are in force and not yet satisfied, so that what no clause asks for is never
//! assigned, and a theory never has to answer for it. A clause made for a part of a goal has a *head*, and is in force
//! once its head is true.

use super::analyze;
use polsim_arn::{Budget, OutOfSteps};

/// A variable or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Lit(u32);

impl Lit {
    pub(crate) fn new(variable: usize, is_positive: bool) -> Self {
        Self(u32::try_from(variable).unwrap_or(u32::MAX / 2) << 1 | u32::from(!is_positive))
    }

    pub(crate) fn variable(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    pub(crate) fn negated(self) -> Self {
        Self(self.0 ^ 1)
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Says whether literals can hold together.
pub(crate) trait Theory {
    /// Why the theory gives up.
    type Error: From<OutOfSteps>;

    /// Looks at all literals that are true, those from `fresh` on for the first time. `Some` names literals among them
    /// that cannot hold together.
    fn check(
        &mut self,
        trail: &[Lit],
        fresh: usize,
        budget: &mut Budget,
    ) -> Result<Option<Vec<Lit>>, Self::Error>;

    /// Forgets all literals but the first `length` of the trail.
    fn shrink(&mut self, length: usize);
}

/// Is told what a search finds out: all that it takes to follow it.
pub(crate) trait Log {
    /// Literals that the theory says cannot hold together.
    fn lemma(&mut self, literals: &[Lit]);

    /// A clause that follows from those before.
    fn learnt(&mut self, clause: &[Lit]);
}

/// Nobody wants to know.
impl Log for () {
    fn lemma(&mut self, _: &[Lit]) {}

    fn learnt(&mut self, _: &[Lit]) {}
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Model,
    Nothing,
}

#[derive(Debug)]
pub(super) struct Clause {
    pub(super) literals: Vec<Lit>,
}

/// What is known of a variable.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Assignment {
    pub(super) value: Option<bool>,
    pub(super) level: usize,
    pub(super) reason: Option<usize>,
}

/// Where things stood at a decision.
#[derive(Clone, Copy, Debug)]
struct Mark {
    trail: usize,
    agenda: usize,
    settled: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Solver {
    pub(super) clauses: Vec<Clause>,
    watches: Vec<Vec<usize>>,
    pub(super) assignments: Vec<Assignment>,
    pub(super) trail: Vec<Lit>,
    /// Where things stood at each decision.
    levels: Vec<Mark>,
    /// Clauses that are always in force.
    roots: Vec<usize>,
    /// For each literal the clauses that it brings into force.
    headed: Vec<Vec<usize>>,
    /// The clauses in force, in the order in which they came to be; those before `settled` are satisfied.
    agenda: Vec<usize>,
    settled: usize,
    propagated: usize,
    checked: usize,
    is_contradictory: bool,
}

impl Solver {
    pub(crate) fn new_variable(&mut self) -> usize {
        self.assignments.push(Assignment::default());
        self.watches.extend([Vec::new(), Vec::new()]);
        self.headed.extend([Vec::new(), Vec::new()]);
        self.assignments.len() - 1
    }

    /// Adds a clause before the search. With a head it says: if the head, then any of the literals.
    pub(crate) fn add(&mut self, head: Option<Lit>, literals: &[Lit]) {
        let mut all: Vec<Lit> = literals.to_vec();
        all.extend(head.map(Lit::negated));
        all.sort_unstable();
        all.dedup();
        if all.iter().any(|literal| all.contains(&literal.negated())) {
            return;
        }
        match all.as_slice() {
            [] => self.is_contradictory = true,
            [only] => {
                let only = *only;
                match self.value(only) {
                    Some(false) => self.is_contradictory = true,
                    Some(true) => {}
                    None => self.assign(only, None),
                }
            }
            _ => {
                let number = self.attach(Clause { literals: all });
                match head.and_then(|head| self.headed.get_mut(head.index())) {
                    Some(clauses) => clauses.push(number),
                    None => self.roots.push(number),
                }
            }
        }
    }

    pub(super) fn value(&self, literal: Lit) -> Option<bool> {
        let value = self.assignments.get(literal.variable())?.value?;
        Some(value == literal.is_positive())
    }

    pub(super) fn level(&self) -> usize {
        self.levels.len()
    }

    fn attach(&mut self, clause: Clause) -> usize {
        let number = self.clauses.len();
        for literal in clause.literals.iter().take(2) {
            if let Some(list) = self.watches.get_mut(literal.negated().index()) {
                list.push(number);
            }
        }
        self.clauses.push(clause);
        number
    }

    fn assign(&mut self, literal: Lit, reason: Option<usize>) {
        let level = self.level();
        if let Some(assignment) = self.assignments.get_mut(literal.variable()) {
            *assignment = Assignment { value: Some(literal.is_positive()), level, reason };
            self.trail.push(literal);
        }
    }

    /// Whether all clauses can hold together with the theory.
    pub(crate) fn solve<T: Theory>(
        &mut self,
        theory: &mut T,
        log: &mut impl Log,
        budget: &mut Budget,
    ) -> Result<Found, T::Error> {
        if self.is_contradictory {
            return Ok(Found::Nothing);
        }
        self.agenda.clone_from(&self.roots);
        loop {
            budget.step()?;
            if let Some(conflict) = self.conflict(theory, log, budget)? {
                let Some(learnt) = analyze::learn(self, &conflict) else { return Ok(Found::Nothing) };
                log.learnt(&learnt.literals);
                self.back_to(learnt.level, theory);
                let asserted = learnt.asserted;
                let reason =
                    (learnt.literals.len() > 1).then(|| self.attach(Clause { literals: learnt.literals }));
                self.assign(asserted, reason);
                continue;
            }
            let Some(decision) = self.choose() else { return Ok(Found::Model) };
            self.levels.push(Mark {
                trail: self.trail.len(),
                agenda: self.agenda.len(),
                settled: self.settled,
            });
            self.assign(decision, None);
        }
    }

    /// Literals, all true, that cannot hold together; after everything that follows has been assigned.
    fn conflict<T: Theory>(
        &mut self,
        theory: &mut T,
        log: &mut impl Log,
        budget: &mut Budget,
    ) -> Result<Option<Vec<Lit>>, T::Error> {
        if let Some(clause) = self.propagate(budget)? {
            let literals =
                self.clauses.get(clause).map(|clause| clause.literals.as_slice()).unwrap_or_default();
            return Ok(Some(literals.iter().map(|literal| literal.negated()).collect()));
        }
        if self.checked == self.trail.len() {
            return Ok(None);
        }
        let fresh = self.checked;
        self.checked = self.trail.len();
        let conflict = theory.check(&self.trail, fresh, budget)?;
        if let Some(literals) = &conflict {
            log.lemma(literals);
        }
        Ok(conflict)
    }

    /// Unit propagation; returns a clause that has become false.
    fn propagate(&mut self, budget: &mut Budget) -> Result<Option<usize>, OutOfSteps> {
        while let Some(literal) = self.trail.get(self.propagated).copied() {
            self.propagated += 1;
            self.agenda.extend(self.headed.get(literal.index()).into_iter().flatten());
            let watching = self.watches.get_mut(literal.index()).map(std::mem::take).unwrap_or_default();
            let mut kept = Vec::with_capacity(watching.len());
            let mut conflict = None;
            for (at, number) in watching.iter().copied().enumerate() {
                budget.step()?;
                match self.revisit(number, literal.negated()) {
                    Watch::Moved => {}
                    Watch::Satisfied => kept.push(number),
                    Watch::Unit(unit) => {
                        kept.push(number);
                        self.assign(unit, Some(number));
                    }
                    Watch::False => {
                        kept.extend(watching.get(at..).unwrap_or_default());
                        conflict = Some(number);
                        break;
                    }
                }
            }
            if let Some(list) = self.watches.get_mut(literal.index()) {
                kept.append(list);
                *list = kept;
            }
            if conflict.is_some() {
                return Ok(conflict);
            }
        }
        Ok(None)
    }

    /// Looks at a clause one of whose two watched literals has become false.
    fn revisit(&mut self, number: usize, lost: Lit) -> Watch {
        let Some(clause) = self.clauses.get_mut(number) else { return Watch::Satisfied };
        if clause.literals.first() == Some(&lost) {
            clause.literals.swap(0, 1);
        }
        let Some(other) = clause.literals.first().copied() else { return Watch::False };
        let value = |assignments: &[Assignment], literal: Lit| {
            assignments
                .get(literal.variable())
                .and_then(|a| a.value)
                .map(|value| value == literal.is_positive())
        };
        if value(&self.assignments, other) == Some(true) {
            return Watch::Satisfied;
        }
        let free = clause.literals.iter().skip(2).position(|l| value(&self.assignments, *l) != Some(false));
        if let Some(free) = free {
            clause.literals.swap(1, free + 2);
            if let Some(watched) = clause.literals.get(1).copied()
                && let Some(list) = self.watches.get_mut(watched.negated().index())
            {
                list.push(number);
            }
            return Watch::Moved;
        }
        match value(&self.assignments, other) {
            None => Watch::Unit(other),
            _ => Watch::False,
        }
    }

    /// A literal that would satisfy the first clause in force that is not satisfied; `None` when all are.
    fn choose(&mut self) -> Option<Lit> {
        while let Some(number) = self.agenda.get(self.settled) {
            let literals =
                self.clauses.get(*number).map(|clause| clause.literals.as_slice()).unwrap_or_default();
            let is_satisfied = literals.iter().any(|literal| self.value(*literal) == Some(true));
            let open = literals.iter().find(|literal| self.value(**literal).is_none());
            match open {
                Some(literal) if !is_satisfied => return Some(*literal),
                _ => self.settled += 1,
            }
        }
        None
    }

    fn back_to<T: Theory>(&mut self, level: usize, theory: &mut T) {
        let Some(Mark { trail: length, agenda, settled }) = self.levels.get(level).copied() else { return };
        self.agenda.truncate(agenda);
        self.settled = settled;
        for literal in self.trail.drain(length..) {
            if let Some(assignment) = self.assignments.get_mut(literal.variable()) {
                *assignment = Assignment::default();
            }
        }
        self.levels.truncate(level);
        self.propagated = length;
        self.checked = self.checked.min(length);
        theory.shrink(length);
    }

    /// The literals that are true.
    pub(crate) fn model(&self) -> &[Lit] {
        &self.trail
    }
}

enum Watch {
    /// Another literal is watched now.
    Moved,
    Satisfied,
    Unit(Lit),
    False,
}
