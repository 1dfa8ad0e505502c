//! Breadth-first search for a word that satisfies a goal.
//!
//! The first accepting state is a shortest word. The search is done once for each guide, a pattern that the word has
//! to match; most other patterns then are settled at a glance and take no part.

use super::automaton::{Automaton, Bits, Letter};
use super::goal::Goal;
use super::{Budget, OutOfSteps};
use crate::Pattern;
use rustc_hash::FxHashSet;

pub(super) type Word = Vec<Letter>;

/// Some word of the goal, the first one found.
pub(super) fn first(goal: &Goal, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    for guide in guides(goal) {
        if let Some(word) = under_guide(goal, &guide, budget)? {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

/// A shortest word of the goal.
pub(super) fn shortest(goal: &Goal, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    let mut best: Option<Word> = None;
    for guide in guides(goal) {
        let word = under_guide(goal, &guide, budget)?;
        best = match (best, word) {
            (Some(best), Some(word)) => Some(if word.len() < best.len() { word } else { best }),
            (best, word) => best.or(word),
        };
    }
    Ok(best)
}

fn guides(goal: &Goal) -> Vec<Pattern> {
    goal.guides().unwrap_or_else(|| vec![Pattern::everything()])
}

fn under_guide(goal: &Goal, guide: &Pattern, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    if let Some(text) = guide.as_exact() {
        budget.step()?;
        return Ok(goal.admits(text).then(|| text.chars().map(Letter::Char).collect()));
    }
    let rest = goal.under(guide);
    if rest == Goal::Never {
        return Ok(None);
    }
    breadth_first(&Goal::all([Goal::Is(guide.clone()), rest]), budget)
}

/// A state that was reached: from which other one, and by which letter.
struct Reached {
    from: usize,
    letter: Letter,
    state: Bits,
}

fn breadth_first(goal: &Goal, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    let mut automaton = Automaton::new(goal);
    let start = automaton.start();
    if automaton.accepts(&start) {
        return Ok(Some(Word::new()));
    }
    let mut seen: FxHashSet<Bits> = FxHashSet::default();
    seen.insert(start.clone());
    let mut reached = vec![Reached { from: 0, letter: Letter::Fresh, state: start }];
    let mut next = 0;
    while let Some(Reached { state, .. }) = reached.get(next) {
        let state = state.clone();
        for letter in automaton.letters(&state) {
            budget.step()?;
            let behind = automaton.advance(&state, letter);
            if !automaton.has_hope(&behind) || !seen.insert(behind.clone()) {
                continue;
            }
            let accepted = automaton.accepts(&behind);
            reached.push(Reached { from: next, letter, state: behind });
            if accepted {
                return Ok(Some(word_to(&reached, reached.len() - 1)));
            }
        }
        next += 1;
    }
    Ok(None)
}

fn word_to(reached: &[Reached], mut at: usize) -> Word {
    let mut word = Word::new();
    while at != 0 {
        let Some(step) = reached.get(at) else { break };
        word.push(step.letter);
        at = step.from;
    }
    word.reverse();
    word
}
