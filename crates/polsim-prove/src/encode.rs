//! From goals to clauses.

use crate::goal::Goal;
use crate::search::{Lit, Solver};

/// Turns a goal into clauses. A part of a goal gets a variable of its own, which implies it: the other direction is not
/// needed, because a goal is in negation normal form.
pub(crate) struct Encoder<'s> {
    solver: &'s mut Solver,
    /// The variable of each atom.
    variables: Vec<Option<usize>>,
    atom_of: Vec<Option<usize>>,
    /// Which variable is which part of the goal, when somebody wants to know.
    parts: Option<Vec<(usize, Goal)>>,
}

impl<'s> Encoder<'s> {
    pub(crate) fn new(solver: &'s mut Solver, atoms: usize) -> Self {
        Self { solver, variables: vec![None; atoms], atom_of: Vec::new(), parts: None }
    }

    /// Takes note of the parts of the goal that get variables.
    pub(crate) fn remember_parts(&mut self) {
        self.parts = Some(Vec::new());
    }

    /// Which variable of the solver is which atom, and which part of the goal.
    pub(crate) fn into_atoms(self) -> (Vec<Option<usize>>, Vec<(usize, Goal)>) {
        (self.atom_of, self.parts.unwrap_or_default())
    }

    fn new_variable(&mut self, atom: Option<usize>) -> usize {
        self.atom_of.push(atom);
        self.solver.new_variable()
    }

    /// The goal must hold.
    pub(crate) fn require(&mut self, goal: &Goal) {
        self.imply(None, goal);
    }

    fn imply(&mut self, head: Option<Lit>, goal: &Goal) {
        match goal {
            Goal::Always => {}
            Goal::Never => self.solver.add(head, &[]),
            Goal::All(parts) => parts.iter().for_each(|part| self.imply(head, part)),
            Goal::Atom(..) => {
                let literal = self.literal(goal);
                self.solver.add(head, &[literal]);
            }
            Goal::Any(parts) => {
                let literals: Vec<Lit> = parts.iter().map(|part| self.literal(part)).collect();
                self.solver.add(head, &literals);
            }
        }
    }

    /// A literal that implies the goal.
    fn literal(&mut self, goal: &Goal) -> Lit {
        if let Goal::Atom(atom, holds) = goal {
            let known = self.variables.get(*atom).copied().flatten();
            let variable = known.unwrap_or_else(|| {
                let variable = self.new_variable(Some(*atom));
                if let Some(slot) = self.variables.get_mut(*atom) {
                    *slot = Some(variable);
                }
                variable
            });
            return Lit::new(variable, *holds);
        }
        let head = Lit::new(self.new_variable(None), true);
        if let Some(parts) = &mut self.parts {
            parts.push((head.variable(), goal.clone()));
        }
        self.imply(Some(head), goal);
        head
    }
}
