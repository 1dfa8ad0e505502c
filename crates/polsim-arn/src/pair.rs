//! Exact questions about two patterns, without making sets of them first.

use crate::overlap::overlap;
use crate::{Budget, Pattern, TextSet, inclusion};

impl Pattern {
    /// Whether every text that matches `other` matches this too.
    ///
    /// Literal beginnings and ends are looked at first. Then the patterns are laid along each other, which takes as many
    /// steps as the product of their lengths at most, mostly as many as their sum, and no allocation. That is exact for
    /// wildcards of one class, and for ARNs part by part. Only if it fails where this pattern mixes the classes, or
    /// `other` ignores case, is the search of [`TextSet`] asked, with the default budget; should that ever run out, the
    /// answer is `false`.
    ///
    /// ```
    /// use polsim_arn::Pattern;
    /// let wildcard = Pattern::wildcard;
    /// assert!(wildcard("a?*b*").covers(&wildcard("a*c?b")));
    /// assert!(!wildcard("a?*b*").covers(&wildcard("a*b")));
    /// ```
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        if self.covers_at_a_glance(other) {
            return true;
        }
        if let Some(text) = other.as_exact() {
            return self.matches(text);
        }
        // Every pattern has a match, so one that is disjoint is not covered.
        if self.is_disjoint_at_a_glance(other) {
            return false;
        }
        if inclusion::covers(self.tokens(), other.tokens()) {
            return true;
        }
        if inclusion::is_decisive(self.tokens(), other.tokens()) {
            return false;
        }
        let (narrow, wide) = (TextSet::from(other.clone()), TextSet::from(self.clone()));
        narrow.is_subset(&wide, &mut Budget::default()).unwrap_or(false)
    }

    /// Whether no text matches both patterns.
    ///
    /// Literal beginnings and ends are looked at first; then both patterns are walked at once, in as many steps as the
    /// product of their lengths at most, and without allocation when one of them has fewer than 256 tokens.
    ///
    /// ```
    /// use polsim_arn::Pattern;
    /// let wildcard = Pattern::wildcard;
    /// assert!(!wildcard("a*b?").is_disjoint(&wildcard("*bb")));
    /// assert!(wildcard("a??").is_disjoint(&wildcard("*b????")));
    /// ```
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        if self.is_disjoint_at_a_glance(other) {
            return true;
        }
        match (self.as_exact(), other.as_exact()) {
            (_, Some(text)) => !self.matches(text),
            (Some(text), None) => !other.matches(text),
            (None, None) if self.is_everything() || other.is_everything() => false,
            (None, None) => !overlap(self.tokens(), other.tokens()),
        }
    }
}
