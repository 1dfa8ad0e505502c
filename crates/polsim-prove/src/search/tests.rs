//! The solver against brute force: random clauses, and theories that forbid random sets of literals.

use super::{Found, Lit, Solver, Theory};
use polsim_arn::{Budget, OutOfSteps};
use proptest::prelude::*;

/// Sets of literals that cannot hold together.
struct Forbidden(Vec<Vec<Lit>>);

impl Theory for Forbidden {
    type Error = OutOfSteps;

    fn check(
        &mut self,
        trail: &[Lit],
        _fresh: usize,
        _budget: &mut Budget,
    ) -> Result<Option<Vec<Lit>>, OutOfSteps> {
        let is_met = |set: &&Vec<Lit>| set.iter().all(|literal| trail.contains(literal));
        Ok(self.0.iter().find(is_met).cloned())
    }

    fn shrink(&mut self, _length: usize) {}
}

const VARIABLES: usize = 7;

fn literals(most: usize) -> impl Strategy<Value = Vec<(usize, bool)>> {
    prop::collection::vec((0..VARIABLES, any::<bool>()), 1..=most)
}

/// A head, and a variable with its truth value for each literal.
type Drawn = (Option<usize>, Vec<(usize, bool)>);

fn clauses() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec((prop::option::weighted(0.4, 0..VARIABLES), literals(4)), 0..28)
}

fn lits(literals: &[(usize, bool)]) -> Vec<Lit> {
    literals.iter().map(|(variable, is_positive)| Lit::new(*variable, *is_positive)).collect()
}

/// Whether a valuation, as bits, makes a literal true.
fn holds(valuation: u32, (variable, is_positive): (usize, bool)) -> bool {
    (valuation >> variable & 1 == 1) == is_positive
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn finds_a_model_whenever_there_is_one(
        clauses in clauses(),
        forbidden in prop::collection::vec(literals(3), 0..8),
    ) {
        let mut solver = Solver::default();
        for _ in 0..VARIABLES {
            solver.new_variable();
        }
        for (head, literals) in &clauses {
            solver.add(head.map(|head| Lit::new(head, true)), &lits(literals));
        }
        let mut theory = Forbidden(forbidden.iter().map(|set| lits(set)).collect());
        let found = solver.solve(&mut theory, &mut (), &mut Budget::default()).unwrap();
        let is_model = |valuation: u32| {
            let clause = |(head, literals): &Drawn| {
                head.is_some_and(|head| !holds(valuation, (head, true)))
                    || literals.iter().any(|literal| holds(valuation, *literal))
            };
            let is_forbidden = |set: &Vec<(usize, bool)>| set.iter().all(|literal| holds(valuation, *literal));
            clauses.iter().all(clause) && !forbidden.iter().any(is_forbidden)
        };
        let exists = (0..1 << VARIABLES).any(is_model);
        match found {
            Found::Nothing => prop_assert!(!exists, "there is a model"),
            // What no clause asks for stays open; a theory is asked about what is assigned only.
            Found::Model => {
                let trail = solver.model();
                prop_assert!(trail.iter().all(|literal| !trail.contains(&literal.negated())));
                let is_true = |literal: &Lit| trail.contains(literal);
                for (head, literals) in &clauses {
                    let is_in_force = head.is_none_or(|head| is_true(&Lit::new(head, true)));
                    // What holds anyway asks for nothing.
                    let own = lits(literals);
                    let holds_anyway = own.iter().any(|literal| own.contains(&literal.negated()));
                    let is_met = holds_anyway || own.iter().any(is_true);
                    prop_assert!(!is_in_force || is_met, "a clause in force is false");
                }
                prop_assert!(!theory.0.iter().any(|set| set.iter().all(is_true)), "the theory forbids it");
            }
        }
    }
}

/// Pigeons and holes: what clause learning is for.
#[test]
fn five_pigeons_do_not_fit_into_four_holes() {
    let mut solver = Solver::default();
    let holes = 4;
    let place: Vec<Vec<usize>> =
        (0..5).map(|_| (0..holes).map(|_| solver.new_variable()).collect()).collect();
    for pigeon in &place {
        let somewhere: Vec<Lit> = pigeon.iter().map(|hole| Lit::new(*hole, true)).collect();
        solver.add(None, &somewhere);
    }
    let mut pairs = Vec::new();
    for (first, second) in (0..5).flat_map(|a| (0..a).map(move |b| (a, b))) {
        let in_one_hole = place[first].iter().zip(&place[second]);
        pairs.extend(in_one_hole.map(|(a, b)| vec![Lit::new(*a, true), Lit::new(*b, true)]));
    }
    let found = solver.solve(&mut Forbidden(pairs), &mut (), &mut Budget::default());
    assert_eq!(found, Ok(Found::Nothing));
}
