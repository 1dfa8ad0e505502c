//! A goal over numbered patterns, to be read off a state.

use super::goal::Goal;
use crate::Pattern;
use rustc_hash::FxHashMap;

#[derive(Debug)]
pub(super) enum Plan {
    Always,
    Never,
    Is(usize),
    IsNot(usize),
    All(Vec<Plan>),
    Any(Vec<Plan>),
}

/// What is known of a pattern while a word grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// No continuation matches.
    Dead,
    /// Every continuation matches.
    Certain,
    Open,
}

impl Plan {
    /// The plan of goals that all have to hold.
    pub(super) fn of(goals: &[&Goal], numbers: &FxHashMap<&Pattern, usize>) -> Self {
        Self::All(goals.iter().map(|goal| Self::of_one(goal, numbers)).collect())
    }

    /// A pattern without a number is one that no word matches.
    fn of_one(goal: &Goal, numbers: &FxHashMap<&Pattern, usize>) -> Self {
        let each = |goals: &[Goal]| goals.iter().map(|goal| Self::of_one(goal, numbers)).collect();
        match goal {
            Goal::Always => Self::Always,
            Goal::Never => Self::Never,
            Goal::Is(pattern) => numbers.get(pattern).map_or(Self::Never, |number| Self::Is(*number)),
            Goal::IsNot(pattern) => numbers.get(pattern).map_or(Self::Always, |number| Self::IsNot(*number)),
            Goal::All(goals) => Self::All(each(goals)),
            Goal::Any(goals) => Self::Any(each(goals)),
        }
    }

    pub(super) fn holds(&self, matched: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Is(number) => matched(*number),
            Self::IsNot(number) => !matched(*number),
            Self::All(plans) => plans.iter().all(|plan| plan.holds(matched)),
            Self::Any(plans) => plans.iter().any(|plan| plan.holds(matched)),
        }
    }

    pub(super) fn may_hold(&self, fate: &impl Fn(usize) -> Fate) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Is(number) => fate(*number) != Fate::Dead,
            Self::IsNot(number) => fate(*number) != Fate::Certain,
            Self::All(plans) => plans.iter().all(|plan| plan.may_hold(fate)),
            Self::Any(plans) => plans.iter().any(|plan| plan.may_hold(fate)),
        }
    }
}
