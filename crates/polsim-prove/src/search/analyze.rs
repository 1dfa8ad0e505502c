//! What a conflict teaches: the first unique implication point.

use super::solver::{Lit, Solver};

/// A clause that follows from a conflict.
pub(super) struct Learnt {
    /// The literal that it makes true comes first, one of the level to go back to second: the two that are watched.
    pub(super) literals: Vec<Lit>,
    pub(super) asserted: Lit,
    pub(super) level: usize,
}

/// Learns from literals that are all true and cannot be together; `None` when they are true without any decision.
pub(super) fn learn(solver: &Solver, conflict: &[Lit]) -> Option<Learnt> {
    let level_of = |literal: Lit| solver.assignments.get(literal.variable()).map_or(0, |a| a.level);
    // The conflict may have come to light later than it arose.
    let level = conflict.iter().map(|literal| level_of(*literal)).max().unwrap_or(0);
    if level == 0 {
        return None;
    }
    let mut seen = Seen(vec![false; solver.assignments.len()]);
    let mut literals = Vec::new();
    let mut open = 0;
    let add = |literal: Lit, seen: &mut Seen, literals: &mut Vec<Lit>, open: &mut usize| {
        if level_of(literal) == 0 || !seen.add(literal) {
            return;
        }
        if level_of(literal) == level {
            *open += 1;
        } else {
            literals.push(literal.negated());
        }
    };
    for literal in conflict {
        add(*literal, &mut seen, &mut literals, &mut open);
    }
    let mut asserted = None;
    // What is open stands on the trail, causes before effects: backwards, each is met after all that it explains.
    for literal in solver.trail.iter().rev().copied() {
        if level_of(literal) != level || !seen.contains(literal) {
            continue;
        }
        open -= 1;
        if open == 0 {
            asserted = Some(literal.negated());
            break;
        }
        let reason = solver.assignments.get(literal.variable()).and_then(|assignment| assignment.reason);
        let clause = reason.and_then(|reason| solver.clauses.get(reason));
        for implied_by in clause.iter().flat_map(|clause| &clause.literals).filter(|other| **other != literal)
        {
            add(implied_by.negated(), &mut seen, &mut literals, &mut open);
        }
    }
    let asserted = asserted?;
    literals.sort_by_key(|literal| std::cmp::Reverse(level_of(*literal)));
    let back = literals.first().map_or(0, |literal| level_of(*literal));
    literals.insert(0, asserted);
    Some(Learnt { literals, asserted, level: back })
}

/// The variables that were met.
struct Seen(Vec<bool>);

impl Seen {
    /// Whether it is new.
    fn add(&mut self, literal: Lit) -> bool {
        self.0.get_mut(literal.variable()).is_some_and(|seen| !std::mem::replace(seen, true))
    }

    fn contains(&self, literal: Lit) -> bool {
        self.0.get(literal.variable()).copied().unwrap_or_default()
    }
}
