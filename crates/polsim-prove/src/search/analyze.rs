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
    let mut seen = vec![false; solver.assignments.len()];
    let mut literals = Vec::new();
    let mut open = 0;
    let mut add = |literal: Lit, literals: &mut Vec<Lit>, open: &mut usize| {
        let Some(seen) = seen.get_mut(literal.variable()) else { return };
        if *seen || level_of(literal) == 0 {
            return;
        }
        *seen = true;
        if level_of(literal) == level {
            *open += 1;
        } else {
            literals.push(literal.negated());
        }
    };
    for literal in conflict {
        add(*literal, &mut literals, &mut open);
    }
    let mut asserted = None;
    let mut pending: Vec<Lit> =
        conflict.iter().copied().filter(|literal| level_of(*literal) == level).collect();
    for literal in solver.trail.iter().rev().copied() {
        if !pending.contains(&literal) {
            continue;
        }
        pending.retain(|other| *other != literal);
        open -= 1;
        if open == 0 {
            asserted = Some(literal.negated());
            break;
        }
        let reason = solver.assignments.get(literal.variable()).and_then(|assignment| assignment.reason);
        let clause = reason.and_then(|reason| solver.clauses.get(reason));
        for implied_by in clause.iter().flat_map(|clause| &clause.literals).filter(|other| **other != literal)
        {
            let cause = implied_by.negated();
            let before = open;
            add(cause, &mut literals, &mut open);
            if open > before {
                pending.push(cause);
            }
        }
    }
    let asserted = asserted?;
    literals.sort_by_key(|literal| std::cmp::Reverse(level_of(*literal)));
    let back = literals.first().map_or(0, |literal| level_of(*literal));
    literals.insert(0, asserted);
    Some(Learnt { literals, asserted, level: back })
}
