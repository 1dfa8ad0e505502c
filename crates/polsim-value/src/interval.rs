//! Finite unions of intervals over an ordered line: the sets behind numbers, dates and addresses.
//!
//! A set is written as the cuts at which membership changes, so the complement is one flipped bit. A newcomer would
//! doubt that equal sets are written equally: they are, because [`Line::settle`] moves every cut to its one place,
//! after which two different cuts always have a readable value between them.

use std::cmp::Ordering;
use std::fmt;

/// The side of a value on which a cut stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The value belongs to the part above the cut.
    Before,
    /// The value belongs to the part below the cut.
    After,
}

/// A place between the values of a line, directly before or directly after one of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cut<T> {
    /// The value next to which the cut stands.
    pub at: T,
    /// On which side of it.
    pub side: Side,
}

impl<T> Cut<T> {
    /// The cut directly before a value.
    pub fn before(at: T) -> Self {
        Self { at, side: Side::Before }
    }

    /// The cut directly after a value.
    pub fn after(at: T) -> Self {
        Self { at, side: Side::After }
    }

    pub(crate) fn parts(&self) -> (&T, Side) {
        (&self.at, self.side)
    }
}

/// Where a cut stands once the values that nobody can write are taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place<T> {
    /// No value lies below the cut.
    Start,
    /// Values lie on both sides.
    At(Cut<T>),
    /// No value lies above the cut.
    End,
}

/// An ordered sort of values.
pub trait Line: Ord + Clone {
    /// Brings a cut to its one place: two cuts with no value between them settle alike.
    ///
    /// A dense line without ends needs nothing, hence the default.
    fn settle(cut: Cut<Self>) -> Place<Self> {
        Place::At(cut)
    }
}

/// Settles a cut on a line whose every value has a next one (`None` after the last): only the cuts before a value
/// remain.
pub(crate) fn settle_stepwise<T: Ord>(cut: Cut<T>, first: &T, next: impl Fn(&T) -> Option<T>) -> Place<T> {
    match cut.side {
        Side::Before if cut.at == *first => Place::Start,
        Side::Before => Place::At(cut),
        Side::After => next(&cut.at).map_or(Place::End, |next| Place::At(Cut::before(next))),
    }
}

/// A stretch of a set: its lower and its upper cut; `None` is the end of the line.
pub(crate) type Stretch<'a, T> = (Option<&'a Cut<T>>, Option<&'a Cut<T>>);

/// A set of values: a finite union of intervals. Equal sets are equal as data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IntervalSet<T> {
    /// Whether the values below the first cut are members.
    from_start: bool,
    /// Where membership changes: settled, strictly ascending.
    cuts: Vec<Cut<T>>,
}

impl<T: Line> IntervalSet<T> {
    /// Every readable value.
    pub fn all() -> Self {
        Self { from_start: true, cuts: Vec::new() }
    }

    /// No value.
    pub fn none() -> Self {
        Self { from_start: false, cuts: Vec::new() }
    }

    /// The values equal to the bound.
    pub fn equal_to(bound: T) -> Self {
        Self::at_least(bound.clone()).and(&Self::at_most(bound))
    }

    /// The values strictly below the bound.
    pub fn less_than(bound: T) -> Self {
        Self::below(Cut::before(bound))
    }

    /// The bound and the values below it.
    pub fn at_most(bound: T) -> Self {
        Self::below(Cut::after(bound))
    }

    /// The values strictly above the bound.
    pub fn greater_than(bound: T) -> Self {
        Self::at_most(bound).not()
    }

    /// The bound and the values above it.
    pub fn at_least(bound: T) -> Self {
        Self::less_than(bound).not()
    }

    fn below(cut: Cut<T>) -> Self {
        match T::settle(cut) {
            Place::Start => Self::none(),
            Place::At(cut) => Self { from_start: true, cuts: vec![cut] },
            Place::End => Self::all(),
        }
    }

    /// Whether the value is a member.
    pub fn contains(&self, value: &T) -> bool {
        let passed = self.cuts.partition_point(|cut| match cut.at.cmp(value) {
            Ordering::Less => true,
            Ordering::Equal => cut.side == Side::Before,
            Ordering::Greater => false,
        });
        self.from_start ^ (passed % 2 == 1)
    }

    /// The values in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        self.combine(other, |left, right| left && right)
    }

    /// The values in either set.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        self.combine(other, |left, right| left || right)
    }

    /// The readable values that are not members.
    #[must_use]
    pub fn not(&self) -> Self {
        Self { from_start: !self.from_start, cuts: self.cuts.clone() }
    }

    /// Whether no readable value is a member.
    pub fn is_empty(&self) -> bool {
        !self.from_start && self.cuts.is_empty()
    }

    /// Whether every readable value is a member.
    pub fn is_all(&self) -> bool {
        self.from_start && self.cuts.is_empty()
    }

    /// The values at which membership changes, in order.
    pub fn bounds(&self) -> impl Iterator<Item = &T> {
        self.cuts.iter().map(|cut| &cut.at)
    }

    /// The stretches of the set, in order; none of them is empty.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = Stretch<'_, T>> {
        let mut ends: Vec<Option<&Cut<T>>> = Vec::with_capacity(self.cuts.len() + 2);
        if self.from_start {
            ends.push(None);
        }
        ends.extend(self.cuts.iter().map(Some));
        if ends.len() % 2 == 1 {
            ends.push(None);
        }
        let (pairs, _) = ends.as_chunks::<2>();
        pairs.iter().map(|&[low, high]| (low, high)).collect::<Vec<_>>().into_iter()
    }

    /// One walk over both sets from the lowest cut to the highest; `rule` says from the membership in each whether a
    /// value is a member of the result.
    fn combine(&self, other: &Self, rule: impl Fn(bool, bool) -> bool) -> Self {
        let (mut in_left, mut in_right) = (self.from_start, other.from_start);
        let from_start = rule(in_left, in_right);
        let (mut left, mut right) = (self.cuts.iter().peekable(), other.cuts.iter().peekable());
        let (mut inside, mut cuts) = (from_start, Vec::new());
        loop {
            let next = match (left.peek(), right.peek()) {
                (Some(&l), Some(&r)) => l.min(r),
                (Some(&cut), None) | (None, Some(&cut)) => cut,
                (None, None) => return Self { from_start, cuts },
            };
            in_left ^= left.next_if_eq(&next).is_some();
            in_right ^= right.next_if_eq(&next).is_some();
            if rule(in_left, in_right) != inside {
                inside = !inside;
                cuts.push(next.clone());
            }
        }
    }
}

/// Writes the intervals, as `[1, 5) (7, ..)`; `()` is no value. Equal sets are written alike, others differently.
impl<T: Line + fmt::Display> fmt::Display for IntervalSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("()");
        }
        for (place, (low, high)) in self.stretches().enumerate() {
            f.write_str(if place == 0 { "" } else { " " })?;
            match low {
                Some(Cut { at, side: Side::Before }) => write!(f, "[{at}, ")?,
                Some(Cut { at, side: Side::After }) => write!(f, "({at}, ")?,
                None => f.write_str("(.., ")?,
            }
            match high {
                Some(Cut { at, side: Side::Before }) => write!(f, "{at})")?,
                Some(Cut { at, side: Side::After }) => write!(f, "{at}]")?,
                None => f.write_str("..)")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_written_as_intervals() {
        let set = Set::equal_to(4).not().and(&Set::at_least(2));
        assert_eq!(set.to_string(), "[2, 4) [5, ..)");
        assert_eq!((Set::none().to_string(), Set::all().to_string()), ("()".into(), "(.., ..)".into()));
    }

    impl Line for u8 {
        fn settle(cut: Cut<Self>) -> Place<Self> {
            settle_stepwise(cut, &0, |value| value.checked_add(1))
        }
    }

    type Set = IntervalSet<u8>;

    #[test]
    fn the_ends_of_a_finite_line_are_recognised() {
        assert!(Set::less_than(0).is_empty());
        assert!(Set::at_least(0).is_all());
        assert!(Set::at_most(u8::MAX).is_all());
        assert!(Set::greater_than(u8::MAX).is_empty());
    }

    #[test]
    fn neighbours_on_a_finite_line_grow_together() {
        assert_eq!(Set::equal_to(4).or(&Set::equal_to(5)), Set::greater_than(3).and(&Set::less_than(6)));
        assert!(Set::greater_than(4).and(&Set::less_than(5)).is_empty());
    }

    #[test]
    fn stretches_are_the_pieces_in_order() {
        let set = Set::equal_to(4).not();
        let pieces: Vec<_> = set.stretches().collect();
        assert_eq!(pieces, [(None, Some(&Cut::before(4))), (Some(&Cut::before(5)), None)]);
        assert_eq!(Set::all().stretches().collect::<Vec<_>>(), [(None, None)]);
        assert_eq!(Set::none().stretches().count(), 0);
    }
}
