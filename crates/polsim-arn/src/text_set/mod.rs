//! Sets of strings that patterns can describe, with exact answers about them.
//!
//! A [`TextSet`] is any combination of patterns by union, intersection and complement. Whether it is empty, and a
//! shortest member, are found by walking all its patterns at once over a word that is made up on the way. Only letters
//! that some *wanted* pattern asks for, and one letter that no pattern names, need to be tried: this is the
//! generic-word lemma (`ARCHITECTURE.md`), and it is why the search is short on real policies. The problem is
//! NP-complete, so every question takes a [`Budget`].

mod automaton;
mod case;
mod coverage;
mod forbidden;
mod goal;
mod joint;
mod place;
mod plan;
mod readable;
mod search;
mod seen;
mod supply;
mod tails;

use crate::Pattern;
use goal::Goal;
pub use joint::{Joined, Joint, Piece, Words};
use std::sync::Arc;

/// A set of strings, in the words of automata a language. Cheap to clone.
///
/// ```
/// use polsim_arn::{Budget, Pattern, TextSet};
/// let objects = TextSet::from(Pattern::wildcard("arn:aws:s3:::b/*"));
/// let secret = TextSet::from(Pattern::wildcard("arn:aws:s3:::b/secret/*"));
/// let open = objects.and(&secret.not());
/// let mut budget = Budget::default();
/// assert_eq!(open.shortest(&mut budget)?.as_deref(), Some("arn:aws:s3:::b/"));
/// assert!(secret.is_subset(&objects, &mut budget)?);
/// # Ok::<(), polsim_arn::OutOfSteps>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextSet {
    node: Arc<Node>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Node {
    /// What any of the patterns matches; nothing when there is none.
    Union(Vec<Pattern>),
    Not(TextSet),
    All(Vec<TextSet>),
    Any(Vec<TextSet>),
}

/// How a set is put together.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'s> {
    /// What any of the patterns matches.
    Union(&'s [Pattern]),
    /// All strings but those of a set.
    Not(&'s TextSet),
    /// What is in all of the sets.
    All(&'s [TextSet]),
    /// What is in any of the sets.
    Any(&'s [TextSet]),
}

/// How many steps a search may still take. One step is one letter tried in one state of the walk; a state with very
/// many places that is kept costs more, so memory is bounded too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    steps: u64,
}

/// The search was given up: its budget ran out before it had an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search ran out of steps")]
pub struct OutOfSteps;

impl Budget {
    /// A budget of so many steps.
    #[must_use]
    pub fn new(steps: u64) -> Self {
        Self { steps }
    }

    /// How many steps are left.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.steps
    }

    /// Takes one step.
    ///
    /// # Errors
    /// [`OutOfSteps`] when none is left.
    pub fn step(&mut self) -> Result<(), OutOfSteps> {
        self.steps = self.steps.checked_sub(1).ok_or(OutOfSteps)?;
        Ok(())
    }
}

impl Default for Budget {
    /// A million steps: a second or so at worst.
    fn default() -> Self {
        Self::new(1_000_000)
    }
}

impl From<Pattern> for TextSet {
    fn from(pattern: Pattern) -> Self {
        Self::union([pattern])
    }
}

impl TextSet {
    fn new(node: Node) -> Self {
        Self { node: Arc::new(node) }
    }

    /// What any of the patterns matches.
    #[must_use]
    pub fn union(patterns: impl IntoIterator<Item = Pattern>) -> Self {
        let mut patterns: Vec<Pattern> = patterns.into_iter().collect();
        if patterns.iter().any(Pattern::is_everything) {
            patterns.retain(Pattern::is_everything);
        }
        patterns.sort();
        patterns.dedup();
        Self::new(Node::Union(patterns))
    }

    /// The set of one string.
    #[must_use]
    pub fn only(text: &str) -> Self {
        Self::from(Pattern::exact(text))
    }

    /// No string.
    #[must_use]
    pub fn none() -> Self {
        Self::union([])
    }

    /// Every string.
    #[must_use]
    pub fn all() -> Self {
        Self::from(Pattern::everything())
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if self.is_all_at_a_glance() || other.is_none_at_a_glance() || self == other {
            return other.clone();
        }
        if other.is_all_at_a_glance() || self.is_none_at_a_glance() {
            return self.clone();
        }
        let mut parts = Vec::new();
        for set in [self, other] {
            match &*set.node {
                Node::All(sets) => parts.extend(sets.iter().cloned()),
                _ => parts.push(set.clone()),
            }
        }
        Self::new(Node::All(parts))
    }

    /// What is in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if self.is_none_at_a_glance() || other.is_all_at_a_glance() || self == other {
            return other.clone();
        }
        if other.is_none_at_a_glance() || self.is_all_at_a_glance() {
            return self.clone();
        }
        if let (Node::Union(a), Node::Union(b)) = (&*self.node, &*other.node) {
            return Self::union(a.iter().chain(b).cloned());
        }
        let mut parts = Vec::new();
        for set in [self, other] {
            match &*set.node {
                Node::Any(sets) => parts.extend(sets.iter().cloned()),
                _ => parts.push(set.clone()),
            }
        }
        Self::new(Node::Any(parts))
    }

    /// All other strings.
    #[must_use]
    pub fn not(&self) -> Self {
        match &*self.node {
            Node::Not(set) => set.clone(),
            _ if self.is_all_at_a_glance() => Self::none(),
            _ if self.is_none_at_a_glance() => Self::all(),
            _ => Self::new(Node::Not(self.clone())),
        }
    }

    /// Whether `text` is a member.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        match &*self.node {
            Node::Union(patterns) => patterns.iter().any(|pattern| pattern.matches(text)),
            Node::Not(set) => !set.contains(text),
            Node::All(sets) => sets.iter().all(|set| set.contains(text)),
            Node::Any(sets) => sets.iter().any(|set| set.contains(text)),
        }
    }

    /// Whether no string is a member.
    ///
    /// # Errors
    /// [`OutOfSteps`] when the budget ends before the answer.
    pub fn is_empty(&self, budget: &mut Budget) -> Result<bool, OutOfSteps> {
        Ok(search::first(&self.goal(), budget)?.is_none())
    }

    /// Whether every member is one of `other` too.
    ///
    /// # Errors
    /// [`OutOfSteps`] when the budget ends before the answer.
    pub fn is_subset(&self, other: &Self, budget: &mut Budget) -> Result<bool, OutOfSteps> {
        self.and(&other.not()).is_empty(budget)
    }

    /// Whether both have a member in common.
    ///
    /// # Errors
    /// [`OutOfSteps`] when the budget ends before the answer.
    pub fn intersects(&self, other: &Self, budget: &mut Budget) -> Result<bool, OutOfSteps> {
        Ok(!self.and(other).is_empty(budget)?)
    }

    /// A shortest member; its free letters are plain ones where the set leaves the choice.
    ///
    /// # Errors
    /// [`OutOfSteps`] when the budget ends before the answer.
    pub fn shortest(&self, budget: &mut Budget) -> Result<Option<String>, OutOfSteps> {
        let word = search::shortest(&self.goal(), budget)?;
        Ok(word.map(|word| readable::spell(&word, self)))
    }

    /// Some member that a person can read: one of `hints` if it is a member, else a wanted pattern with its stars
    /// filled by a plain word, else a shortest member.
    ///
    /// # Errors
    /// [`OutOfSteps`] when the budget ends before the answer.
    pub fn pick(&self, hints: &[&str], budget: &mut Budget) -> Result<Option<String>, OutOfSteps> {
        if let Some(found) = readable::guess(self, hints) {
            return Ok(Some(found));
        }
        self.shortest(budget)
    }

    /// The patterns of the set when it is a plain union.
    #[must_use]
    pub fn as_union(&self) -> Option<&[Pattern]> {
        if let Node::Union(patterns) = &*self.node { Some(patterns) } else { None }
    }

    /// How the set is put together.
    #[must_use]
    pub fn shape(&self) -> Shape<'_> {
        match &*self.node {
            Node::Union(patterns) => Shape::Union(patterns),
            Node::Not(set) => Shape::Not(set),
            Node::All(sets) => Shape::All(sets),
            Node::Any(sets) => Shape::Any(sets),
        }
    }

    /// The same combination of other patterns. When `map` turns “x matches the pattern” into “y matches the new one”,
    /// membership of x in this set is membership of y in the new one.
    #[must_use]
    pub fn map_patterns(&self, map: &mut impl FnMut(&Pattern) -> Pattern) -> Self {
        match &*self.node {
            Node::Union(patterns) => Self::union(patterns.iter().map(map)),
            Node::Not(set) => set.map_patterns(map).not(),
            Node::All(sets) => sets.iter().fold(Self::all(), |all, set| all.and(&set.map_patterns(map))),
            Node::Any(sets) => sets.iter().fold(Self::none(), |all, set| all.or(&set.map_patterns(map))),
        }
    }

    /// A quick and sound sign that every string is a member; `false` says nothing.
    #[must_use]
    pub fn is_all_at_a_glance(&self) -> bool {
        matches!(&*self.node, Node::Union(patterns) if patterns.iter().any(Pattern::is_everything))
    }

    /// A quick and sound sign that no string is a member; `false` says nothing.
    #[must_use]
    pub fn is_none_at_a_glance(&self) -> bool {
        matches!(&*self.node, Node::Union(patterns) if patterns.is_empty())
    }

    /// All patterns that occur, each as often as it does.
    fn visit_patterns(&self, visit: &mut impl FnMut(&Pattern)) {
        match &*self.node {
            Node::Union(patterns) => patterns.iter().for_each(visit),
            Node::Not(set) => set.visit_patterns(visit),
            Node::All(sets) | Node::Any(sets) => sets.iter().for_each(|set| set.visit_patterns(visit)),
        }
    }

    /// The first patterns that a member may have to match, or may not where `is_wanted` is false.
    fn wanted<'s>(&'s self, is_wanted: bool, most: usize, found: &mut Vec<&'s Pattern>) {
        match &*self.node {
            Node::Union(patterns) if is_wanted => {
                found.extend(patterns.iter().take(most.saturating_sub(found.len())));
            }
            Node::Union(_) => {}
            Node::Not(set) => set.wanted(!is_wanted, most, found),
            Node::All(sets) | Node::Any(sets) => {
                sets.iter().for_each(|set| set.wanted(is_wanted, most, found));
            }
        }
    }

    fn goal(&self) -> Goal {
        match &*self.node {
            Node::Union(patterns) => Goal::any(patterns.iter().cloned().map(Goal::Is)),
            Node::Not(set) => set.goal_of_complement(),
            Node::All(sets) => Goal::all(sets.iter().map(Self::goal)),
            Node::Any(sets) => Goal::any(sets.iter().map(Self::goal)),
        }
    }

    fn goal_of_complement(&self) -> Goal {
        match &*self.node {
            Node::Union(patterns) => Goal::all(patterns.iter().cloned().map(Goal::IsNot)),
            Node::Not(set) => set.goal(),
            Node::All(sets) => Goal::any(sets.iter().map(Self::goal_of_complement)),
            Node::Any(sets) => Goal::all(sets.iter().map(Self::goal_of_complement)),
        }
    }
}
