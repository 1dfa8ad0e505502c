//! The patterns that no member of a set may match, found by their literal beginnings.
//!
//! In the order of their beginnings those that continue a given one stand together, and those that it continues are
//! found by going from one to the nearest that it continues itself. So a guide meets the few that can matter to it.

use crate::Pattern;

/// Fewer guides than this, or fewer patterns: a look at each is quicker than putting them in order.
const WORTH_AN_ORDER: usize = 8;

#[derive(Debug)]
pub(super) struct Forbidden<'g> {
    patterns: Vec<&'g Pattern>,
    /// For each, the nearest before it whose beginning it continues; empty when the patterns are in no order.
    parents: Vec<Option<usize>>,
}

impl<'g> Forbidden<'g> {
    pub(super) fn new(mut patterns: Vec<&'g Pattern>, guides: usize) -> Self {
        if patterns.len().min(guides) < WORTH_AN_ORDER {
            return Self { patterns, parents: Vec::new() };
        }
        patterns.sort_by_key(|pattern| pattern.literal_prefix());
        let mut parents = Vec::with_capacity(patterns.len());
        let mut open: Vec<(usize, &str)> = Vec::new();
        for (number, pattern) in patterns.iter().enumerate() {
            let prefix = pattern.literal_prefix();
            while open.last().is_some_and(|(_, other)| !prefix.starts_with(other)) {
                open.pop();
            }
            parents.push(open.last().map(|(number, _)| *number));
            open.push((number, prefix));
        }
        Self { patterns, parents }
    }

    /// Those that some match of the guide may match; `None` when one is seen to match them all.
    pub(super) fn beside(&self, guide: &Pattern) -> Option<Vec<&'g Pattern>> {
        let mut found = Vec::new();
        if self.parents.is_empty() {
            for pattern in &self.patterns {
                meet(pattern, guide, &mut found)?;
            }
            return Some(found);
        }
        let prefix = guide.literal_prefix();
        let first = self.patterns.partition_point(|pattern| pattern.literal_prefix() < prefix);
        let mut before = first.checked_sub(1);
        while let Some(number) = before {
            if let Some(pattern) = self.patterns.get(number) {
                meet(pattern, guide, &mut found)?;
            }
            before = self.parents.get(number).copied().flatten();
        }
        for pattern in self.patterns.iter().skip(first) {
            if !pattern.literal_prefix().starts_with(prefix) {
                break;
            }
            meet(pattern, guide, &mut found)?;
        }
        Some(found)
    }
}

fn meet<'g>(pattern: &'g Pattern, guide: &Pattern, found: &mut Vec<&'g Pattern>) -> Option<()> {
    if pattern.is_disjoint_at_a_glance(guide) {
        return Some(());
    }
    if pattern.covers_tokens_of(guide) {
        return None;
    }
    found.push(pattern);
    Some(())
}
