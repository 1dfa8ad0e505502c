//! A set in negation normal form: complements stand at patterns only.

use crate::Pattern;

/// What a word has to satisfy.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Goal {
    Always,
    Never,
    Is(Pattern),
    IsNot(Pattern),
    All(Vec<Goal>),
    Any(Vec<Goal>),
}

impl Goal {
    /// All of the goals; simplified.
    pub(super) fn all(goals: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for goal in goals {
            match goal {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::All(inner) => kept.extend(inner),
                Self::Is(pattern) if pattern.is_everything() => {}
                Self::IsNot(pattern) if pattern.is_everything() => return Self::Never,
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Always,
            1 => kept.remove(0),
            _ => Self::All(kept),
        }
    }

    /// Any of the goals; simplified.
    pub(super) fn any(goals: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for goal in goals {
            match goal {
                Self::Never => {}
                Self::Always => return Self::Always,
                Self::Any(inner) => kept.extend(inner),
                Self::Is(pattern) if pattern.is_everything() => return Self::Always,
                Self::IsNot(pattern) if pattern.is_everything() => {}
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Never,
            1 => kept.remove(0),
            _ => Self::Any(kept),
        }
    }

    /// The goal for words that match `guide`: what is seen quickly to follow from that is settled.
    pub(super) fn under(&self, guide: &Pattern) -> Self {
        match self {
            Self::Always => Self::Always,
            Self::Never => Self::Never,
            Self::Is(pattern) if pattern.is_disjoint_at_a_glance(guide) => Self::Never,
            Self::IsNot(pattern) if pattern.is_disjoint_at_a_glance(guide) => Self::Always,
            Self::Is(pattern) if pattern.covers_tokens_of(guide) => Self::Always,
            Self::IsNot(pattern) if pattern.covers_tokens_of(guide) => Self::Never,
            Self::Is(_) | Self::IsNot(_) => self.clone(),
            Self::All(goals) => Self::all(goals.iter().map(|goal| goal.under(guide))),
            Self::Any(goals) => Self::any(goals.iter().map(|goal| goal.under(guide))),
        }
    }

    /// The goals that all have to hold.
    pub(super) fn parts(&self) -> &[Self] {
        match self {
            Self::Always => &[],
            Self::All(goals) => goals,
            other => std::slice::from_ref(other),
        }
    }

    /// The patterns that no word may match, and the other goals.
    pub(super) fn split(&self) -> (Vec<&Pattern>, Vec<&Self>) {
        let (mut forbidden, mut rest) = (Vec::new(), Vec::new());
        for part in self.parts() {
            match part {
                Self::IsNot(pattern) => forbidden.push(pattern),
                other => rest.push(other),
            }
        }
        (forbidden, rest)
    }

    /// Shows every pattern that occurs, with whether it is wanted there.
    pub(super) fn visit<'g>(&'g self, visit: &mut impl FnMut(&'g Pattern, bool)) {
        match self {
            Self::Always | Self::Never => {}
            Self::Is(pattern) => visit(pattern, true),
            Self::IsNot(pattern) => visit(pattern, false),
            Self::All(goals) | Self::Any(goals) => goals.iter().for_each(|goal| goal.visit(visit)),
        }
    }

    /// Whether a text satisfies the goal.
    pub(super) fn admits(&self, text: &str) -> bool {
        self.holds(&|pattern| pattern.matches(text))
    }

    /// Whether the goal holds of a word whose matches are given.
    pub(super) fn holds(&self, matches: &impl Fn(&Pattern) -> bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Is(pattern) => matches(pattern),
            Self::IsNot(pattern) => !matches(pattern),
            Self::All(goals) => goals.iter().all(|goal| goal.holds(matches)),
            Self::Any(goals) => goals.iter().any(|goal| goal.holds(matches)),
        }
    }

    /// The smallest set of patterns one of which every member matches; `None` when there is no such choice.
    pub(super) fn guides(&self) -> Option<Vec<Pattern>> {
        match self {
            Self::Never => Some(Vec::new()),
            Self::Is(pattern) => Some(vec![pattern.clone()]),
            Self::Always | Self::IsNot(_) => None,
            Self::All(goals) => goals.iter().filter_map(Self::guides).min_by_key(Vec::len),
            Self::Any(goals) => {
                let lists = goals.iter().map(Self::guides).collect::<Option<Vec<_>>>()?;
                let mut patterns: Vec<Pattern> = lists.into_iter().flatten().collect();
                patterns.sort();
                patterns.dedup();
                Some(patterns)
            }
        }
    }
}
