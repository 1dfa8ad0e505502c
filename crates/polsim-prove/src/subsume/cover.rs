//! Whether one statement applies to all that another one applies to, under every reading.

use super::digest::{Entries, StatementDigest};
use polsim_arn::Pattern;
use polsim_eval::{CompiledStatement, Formula, Operand, Polarity, Quantifier, Test};
use polsim_value::ValueSet;

/// A statement with its digest.
#[derive(Clone, Copy)]
pub(crate) struct Side<'s> {
    pub(crate) statement: &'s CompiledStatement,
    pub(crate) digest: &'s StatementDigest,
}

/// An entry of a statement, with a text that matches it; `None` for what is no pattern.
pub(crate) type Entry<'e> = (Option<&'e Pattern>, Option<&'e str>);

impl Side<'_> {
    /// Whether it applies wherever `narrow` does.
    pub(crate) fn covers(self, narrow: Side<'_>) -> bool {
        self.covers_rest(narrow)
            && is_covered(
                &self.statement.action,
                &self.digest.actions,
                &narrow.statement.action,
                &narrow.digest.actions,
            )
            && is_covered(
                &self.statement.resource,
                &self.digest.resources,
                &narrow.statement.resource,
                &narrow.digest.resources,
            )
    }

    /// Whether it applies wherever `narrow` does to an action and a resource out of these entries.
    pub(crate) fn covers_cube(self, narrow: Side<'_>, action: Entry<'_>, resource: Entry<'_>) -> bool {
        let own = [(&self.digest.actions, action), (&self.digest.resources, resource)];
        let own = own.into_iter().zip([
            (&self.statement.action, &narrow.statement.action),
            (&self.statement.resource, &narrow.statement.resource),
        ]);
        for ((entries, entry), (wide, narrow)) in own {
            if !entries.cover(entry) && !takes_in(wide, entry) && wide != narrow {
                return false;
            }
        }
        self.covers_rest(narrow)
    }

    /// Principal and conditions.
    fn covers_rest(self, narrow: Side<'_>) -> bool {
        let (wide, narrow) = (self.statement, narrow.statement);
        wide.principal == narrow.principal
            && wide.condition.iter().all(|own| narrow.condition.iter().any(|other| is_implied(own, other)))
    }

    /// A quick and sound sign that it applies to nothing of a cube.
    pub(crate) fn misses(self, action: Entry<'_>, resource: Entry<'_>) -> bool {
        self.digest.actions.misses(action) || self.digest.resources.misses(resource)
    }
}

fn is_covered(wide: &Formula, entries: &Entries, narrow: &Formula, others: &Entries) -> bool {
    others.each().all(|entry| entries.cover(entry) || takes_in(wide, entry)) || wide == narrow
}

/// Whether a formula on one text holds of all that matches an entry, under every reading.
fn takes_in(wide: &Formula, (pattern, word): Entry<'_>) -> bool {
    match wide {
        Formula::Always => true,
        Formula::Choice { chosen, alternative, .. } => {
            takes_in(chosen, (pattern, word)) && takes_in(alternative, (pattern, word))
        }
        Formula::Any(parts) => parts.iter().any(|part| takes_in(part, (pattern, word))),
        Formula::Test(test) => match (&test.operand, pattern) {
            (Operand::Closed(ValueSet::Text(set)), Some(pattern)) => {
                set.as_union().unwrap_or_default().iter().any(|own| own.covers(pattern))
            }
            _ => false,
        },
        Formula::Never | Formula::All(_) | Formula::Not(_) => false,
    }
}

impl Entries {
    fn cover(&self, (pattern, word): Entry<'_>) -> bool {
        match (self, pattern, word) {
            (Self::Union(union), Some(pattern), Some(word)) => union.covers(pattern, word),
            (Self::AllBut { patterns, .. }, Some(pattern), _) => {
                patterns.iter().all(|own| own.is_disjoint(pattern))
            }
            _ => false,
        }
    }

    fn misses(&self, (pattern, _): Entry<'_>) -> bool {
        match (self, pattern) {
            (Self::Union(union), Some(pattern)) => union.patterns.iter().all(|own| own.is_disjoint(pattern)),
            (Self::Within(around), Some(pattern)) => around.iter().all(|(own, _)| own.is_disjoint(pattern)),
            (Self::AllBut { patterns, .. }, Some(pattern)) => patterns.iter().any(|own| own.covers(pattern)),
            _ => false,
        }
    }
}

/// Whether a condition holds wherever another one does, under every reading.
fn is_implied(wide: &Formula, narrow: &Formula) -> bool {
    if wide == narrow {
        return true;
    }
    let (Formula::Test(wide), Formula::Test(narrow)) = (wide, narrow) else { return false };
    let (Operand::Closed(outer), Operand::Closed(inner)) = (&wide.operand, &narrow.operand) else {
        return false;
    };
    // Where the values are not looked at, both say the same; of values that cannot be read too.
    has_same_frame(wide, narrow) && outer.sort() == inner.sort() && is_subset(inner, outer)
}

fn has_same_frame(a: &Test, b: &Test) -> bool {
    let is_plain = !matches!(a.quantifier, Quantifier::Presence(_)) && a.polarity == Polarity::Positive;
    is_plain
        && (a.variable, a.quantifier, a.absent, a.empty, a.polarity)
            == (b.variable, b.quantifier, b.absent, b.empty, b.polarity)
}

fn is_subset(inner: &ValueSet, outer: &ValueSet) -> bool {
    match (inner, outer) {
        (ValueSet::Text(inner), ValueSet::Text(outer)) | (ValueSet::Arn(inner), ValueSet::Arn(outer)) => {
            let (Some(inner), Some(outer)) = (inner.as_union(), outer.as_union()) else { return false };
            inner.iter().all(|narrow| outer.iter().any(|wide| wide.covers(narrow)))
        }
        _ => inner.and(&outer.not()).is_some_and(|rest| rest.is_none_at_a_glance()),
    }
}
