//! Breadth-first search for a word that satisfies a goal.
//!
//! The first accepting state is a shortest word. The search is done once for each guide, a pattern that the word has
//! to match; most other patterns then are settled at a glance and take no part.

use super::automaton::{Automaton, Letter, Standing};
use super::case::Case;
use super::forbidden::Forbidden;
use super::goal::Goal;
use super::seen::Seen;
use super::{Budget, OutOfSteps};
use crate::Pattern;

pub(super) type Word = Vec<Letter>;

/// So many places of a state that is kept cost one step more, so that a budget bounds the memory of a search too.
const PLACES_A_STEP: usize = 64;

/// A search of so many states is worth some preparation.
const LONG: usize = 200;

/// Some word of the goal, the first one found.
pub(super) fn first(goal: &Goal, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    search(goal, true, budget)
}

/// A shortest word of the goal.
pub(super) fn shortest(goal: &Goal, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    search(goal, false, budget)
}

fn search(goal: &Goal, any_will_do: bool, budget: &mut Budget) -> Result<Option<Word>, OutOfSteps> {
    let guides = goal.guides().unwrap_or_else(|| vec![Pattern::everything()]);
    let (forbidden, rest) = goal.split();
    let forbidden = Forbidden::new(forbidden, guides.len());
    let mut best: Option<Word> = None;
    for guide in &guides {
        let word = under_guide(guide, &forbidden, &rest, best.as_ref().map(Vec::len), budget)?;
        if any_will_do && word.is_some() {
            return Ok(word);
        }
        best = word.or(best);
    }
    Ok(best)
}

/// A shortest word that matches the guide and is shorter than the limit.
fn under_guide(
    guide: &Pattern,
    forbidden: &Forbidden<'_>,
    rest: &[&Goal],
    limit: Option<usize>,
    budget: &mut Budget,
) -> Result<Option<Word>, OutOfSteps> {
    let Some(forbidden) = forbidden.beside(guide) else {
        return Ok(None);
    };
    if let Some(text) = guide.as_exact() {
        budget.step()?;
        let is_member = !forbidden.iter().any(|pattern| pattern.matches(text))
            && rest.iter().all(|goal| goal.admits(text));
        let word: Word = text.chars().map(Letter::Char).collect();
        return Ok((is_member && limit.is_none_or(|limit| word.len() < limit)).then_some(word));
    }
    let rest = Goal::all(rest.iter().map(|goal| goal.under(guide)));
    if rest == Goal::Never {
        return Ok(None);
    }
    breadth_first(&Case::new(guide, forbidden, &rest), limit, budget)
}

fn breadth_first(
    case: &Case<'_>,
    limit: Option<usize>,
    budget: &mut Budget,
) -> Result<Option<Word>, OutOfSteps> {
    let mut automaton = Automaton::new(case);
    let (mut state, mut behind, mut letters) = (Vec::new(), Vec::new(), Vec::new());
    match automaton.start(&mut state) {
        Standing::Hopeless => return Ok(None),
        Standing::Member => return Ok(limit.is_none_or(|limit| limit > 0).then(Word::new)),
        Standing::Open => {}
    }
    let mut seen = Seen::default();
    seen.add(&state, automaton.wanted(&state), 0, Letter::Fresh);
    let (mut next, mut level_end, mut length) = (0, 1, 0);
    while next < seen.len() {
        if next == level_end {
            level_end = seen.len();
            length += 1;
        }
        if limit.is_some_and(|limit| length + 1 >= limit) {
            return Ok(None);
        }
        if next == LONG {
            automaton.share_tails();
        }
        seen.copy(next, &mut state);
        automaton.letters(&state, &mut letters);
        for letter in &letters {
            budget.step()?;
            let standing = automaton.advance(&state, *letter, &mut behind);
            if standing == Standing::Hopeless || !seen.add(&behind, automaton.wanted(&behind), next, *letter)
            {
                continue;
            }
            if standing == Standing::Member {
                return Ok(Some(seen.word_to(seen.len() - 1)));
            }
            for _ in 0..behind.len() / PLACES_A_STEP {
                budget.step()?;
            }
        }
        next += 1;
    }
    Ok(None)
}
