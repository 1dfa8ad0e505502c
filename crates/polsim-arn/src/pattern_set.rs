//! Many patterns, and which of them a text matches.
//!
//! Patterns are filed in a tree by their literal beginnings; a text walks down one branch and meets only the patterns
//! whose beginning it has. `s3:GetObject` against fifty thousand actions touches the few that begin with `s3:g…`.

use crate::Pattern;

/// An index over patterns; the number of a pattern is its place in the list it was built from.
///
/// ```
/// use polsim_arn::{Pattern, PatternSet};
/// let set: PatternSet = ["s3:get*", "s3:*object", "ec2:*"].into_iter().map(Pattern::wildcard).collect();
/// assert_eq!(set.matching("s3:getobject").collect::<Vec<_>>(), [1, 0]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    patterns: Vec<Pattern>,
    nodes: Vec<Node>,
}

/// A node of the tree: the bytes that lead to it from its parent, the patterns whose literal beginning ends here.
#[derive(Clone, Debug, Default)]
struct Node {
    label: Box<[u8]>,
    patterns: Vec<usize>,
    /// Sorted by the first byte of the child's label.
    children: Vec<(u8, usize)>,
}

impl FromIterator<Pattern> for PatternSet {
    fn from_iter<I: IntoIterator<Item = Pattern>>(patterns: I) -> Self {
        let mut set = Self { patterns: patterns.into_iter().collect(), nodes: vec![Node::default()] };
        let mut order: Vec<usize> = (0..set.patterns.len()).collect();
        order.sort_by_key(|number| set.prefix(*number));
        set.fill(0, 0, &order);
        set
    }
}

impl PatternSet {
    /// Whether any pattern matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.matching(text).next().is_some()
    }

    /// The numbers of all patterns that match, those with the shortest literal beginning first.
    pub fn matching<'s>(&'s self, text: &'s str) -> impl Iterator<Item = usize> + 's {
        let bytes = text.as_bytes();
        let mut next = self.nodes.first().map(|root| (root, 0));
        std::iter::from_fn(move || {
            let (node, depth) = next?;
            next = self.child(node, bytes, depth);
            Some(node.patterns.iter().copied())
        })
        .flatten()
        .filter(move |number| self.patterns.get(*number).is_some_and(|pattern| pattern.matches(text)))
    }

    /// How many patterns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    fn prefix(&self, number: usize) -> &[u8] {
        self.patterns.get(number).map_or(b"", |pattern| pattern.literal_prefix().as_bytes())
    }

    fn child(&self, node: &Node, text: &[u8], depth: usize) -> Option<(&Node, usize)> {
        let first = text.get(depth)?;
        let at = node.children.binary_search_by_key(first, |(byte, _)| *byte).ok()?;
        let child = self.nodes.get(node.children.get(at)?.1)?;
        let end = depth + child.label.len();
        (text.get(depth..end)? == &*child.label).then_some((child, end))
    }

    /// Files `sorted` numbers, whose beginnings agree in their first `depth` bytes, under node `at`.
    fn fill(&mut self, at: usize, depth: usize, sorted: &[usize]) {
        let here = sorted.iter().take_while(|number| self.prefix(**number).len() == depth).count();
        let (here, mut deeper) = sorted.split_at(here);
        let own = here.to_vec();
        let mut children = Vec::new();
        while let Some(byte) = deeper.first().and_then(|number| self.prefix(*number).get(depth)).copied() {
            let count = deeper.iter().take_while(|n| self.prefix(**n).get(depth) == Some(&byte)).count();
            let (group, rest) = deeper.split_at(count);
            let shared = self.shared_prefix(group);
            let label = group.first().and_then(|n| self.prefix(*n).get(depth..shared)).unwrap_or(b"").into();
            self.nodes.push(Node { label, ..Node::default() });
            let child = self.nodes.len() - 1;
            children.push((byte, child));
            self.fill(child, shared, group);
            deeper = rest;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.patterns = own;
            node.children = children;
        }
    }

    /// How many bytes all beginnings of a sorted group share: as many as its first and last.
    fn shared_prefix(&self, group: &[usize]) -> usize {
        let ends = group.first().zip(group.last());
        ends.map_or(0, |(first, last)| {
            self.prefix(*first).iter().zip(self.prefix(*last)).take_while(|(a, b)| a == b).count()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_set_matches_nothing() {
        assert!(!PatternSet::from_iter([]).matches(""));
        assert!(PatternSet::from_iter([]).is_empty());
    }

    #[test]
    fn a_pattern_listed_twice_is_found_twice() {
        let set: PatternSet = ["a*", "a*", "*"].into_iter().map(Pattern::wildcard).collect();
        assert_eq!(set.matching("ab").count(), 3);
    }
}
