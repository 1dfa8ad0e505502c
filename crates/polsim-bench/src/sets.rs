//! Questions about sets of strings that are hard in general: is one pattern within a union?

use crate::numbers::Numbers;

/// A pattern and a union in which it is: whether a formula of random terms, eight for each variable, always holds. A
/// variable is whether the slot before its letter has anything in it.
#[must_use]
pub fn tautology(variables: u64) -> (String, Vec<String>) {
    let mut numbers = Numbers::new(4);
    let terms = (0..8 * variables).map(|_| pattern(variables, &term(&mut numbers, variables))).collect();
    (pattern(variables, &[]), terms)
}

/// Up to three variables, each with what its slot has to be.
fn term(numbers: &mut Numbers, variables: u64) -> Vec<(u64, &'static str)> {
    let mut term: Vec<(u64, &str)> = Vec::new();
    while (term.len() as u64) < variables.min(3) {
        let variable = numbers.below(variables);
        if term.iter().all(|(other, _)| *other != variable) {
            term.push((variable, numbers.pick(&["", "?*"])));
        }
    }
    term
}

fn pattern(variables: u64, term: &[(u64, &'static str)]) -> String {
    let slot = |at| term.iter().find(|(variable, _)| *variable == at).map_or("*", |(_, slot)| slot);
    ('a'..).zip(0..variables).map(|(letter, at)| format!("{}{letter}", slot(at))).collect()
}

/// A pattern with so many stars, and the one that asks for one character more.
#[must_use]
pub fn stars(count: usize) -> (String, String) {
    let wide: String = (0..count).map(|at| format!("part{at}/*")).collect();
    let narrow = format!("{wide}x");
    (wide, narrow)
}
