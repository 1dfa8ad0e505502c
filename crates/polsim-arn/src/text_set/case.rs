//! What is asked once a guide is chosen: patterns that a word has to match, patterns that it must not, and the rest.

use super::goal::Goal;
use crate::Pattern;

#[derive(Debug)]
pub(super) struct Case<'g> {
    /// The guide is the first.
    pub(super) required: Vec<&'g Pattern>,
    pub(super) forbidden: Vec<&'g Pattern>,
    pub(super) rest: Vec<&'g Goal>,
}

impl<'g> Case<'g> {
    pub(super) fn new(guide: &'g Pattern, mut forbidden: Vec<&'g Pattern>, goal: &'g Goal) -> Self {
        let (mut required, mut rest) = (vec![guide], Vec::new());
        for part in goal.parts() {
            match part {
                Goal::Is(pattern) => required.push(pattern),
                Goal::IsNot(pattern) => forbidden.push(pattern),
                other => rest.push(other),
            }
        }
        Self { required, forbidden, rest }
    }

    /// The patterns of the rest, each once: those that are asked for somewhere, and those that never are.
    pub(super) fn others(&self) -> (Vec<&'g Pattern>, Vec<&'g Pattern>) {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for goal in &self.rest {
            goal.visit(&mut |pattern, is_wanted| {
                if is_wanted { wanted.push(pattern) } else { unwanted.push(pattern) }
            });
        }
        for list in [&mut wanted, &mut unwanted] {
            list.sort();
            list.dedup();
        }
        unwanted.retain(|pattern| wanted.binary_search(pattern).is_err());
        (wanted, unwanted)
    }
}
