//! Instants, and the sets that the Date operators write (S3.6).
//!
//! An instant is an exact number of seconds since 1970-01-01T00:00:00Z, so epoch texts and ISO 8601 texts stand on one
//! line. A newcomer would doubt `2026`: it is all digits, therefore an epoch second of 1970, not a year (S3.6.3).
//!
//! The line is that of the *writable* instants. ISO texts reach from year 0000 to year 9999 with any fraction of a
//! second; beyond that only epoch texts reach, of any length but whole. So the line starts at [`FIRST`], is dense up to
//! [`WHOLE_FROM`], and goes on in whole seconds. Leap seconds do not exist on it (the profile counts seconds 00 to 59).

mod text;

use crate::decimal::{Decimal, candidates};
use crate::interval::{Cut, IntervalSet, Line, Place, Side};

/// The widest zone, `±23:59`, in seconds.
const WIDEST_ZONE: i64 = 23 * 3600 + 59 * 60;
/// The earliest writable second: 0000-01-01T00:00:00+23:59.
const FIRST: i64 = -62_167_219_200 - WIDEST_ZONE;
/// The first second that ISO texts do not reach; the one before it is 9999-12-31T23:59:59-23:59.
const WHOLE_FROM: i64 = 253_402_300_800 + WIDEST_ZONE;
/// The example preferred where it is a member: 2026-01-01T00:00:00Z.
const EXAMPLE: i64 = 1_767_225_600;
/// Examples are looked for at midnight, then at whole minutes, then at whole seconds.
const EXAMPLE_STEPS: [u32; 3] = [86_400, 60, 1];

/// A point in time, exact to any fraction of a second.
///
/// ```
/// use polsim_value::Instant;
/// assert_eq!(Instant::read("1767225600"), Instant::read("2026-01-01T01:00:00+01:00"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(
    /// Seconds since the epoch.
    Decimal,
);

/// A set of instants: what Date operators can say about a key.
pub type InstantSet = IntervalSet<Instant>;

/// Whether a text says which zone its time of day belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The text gives a zone, or needs none: it is epoch seconds, or a month or day that starts in UTC (S3.6.1).
    Given,
    /// A time of day without a zone, read as UTC; worth a warning (S3.6.2).
    Missing,
}

impl Instant {
    /// The seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn seconds(&self) -> &Decimal {
        &self.0
    }
}

/// The instant so many seconds after 1970-01-01T00:00:00Z.
impl From<Decimal> for Instant {
    fn from(seconds: Decimal) -> Self {
        Self(seconds)
    }
}

impl Line for Instant {
    fn settle(cut: Cut<Self>) -> Place<Self> {
        match cut.side {
            Side::Before if cut.at.0 <= Decimal::from(FIRST) => Place::Start,
            Side::After if cut.at.0 >= Decimal::from(WHOLE_FROM) => {
                Place::At(Cut::before(Self(cut.at.0.plus(&Decimal::from(1)))))
            }
            _ => Place::At(cut),
        }
    }
}

impl InstantSet {
    /// The text of a member that reads well: the start of 2026 where it is a member, else the member nearest to it
    /// among bounds, midnights, whole minutes, whole seconds and midpoints; `None` iff the set is empty.
    pub fn pick(&self) -> Option<String> {
        let example = Instant(Decimal::from(EXAMPLE));
        if self.contains(&example) {
            return Some(example.to_string());
        }
        let first = Instant(Decimal::from(FIRST));
        self.stretches()
            .filter_map(|(low, high)| {
                let numbers = candidates(seconds(low), seconds(high), &EXAMPLE_STEPS);
                // A midnight before the first writable instant would satisfy the cuts.
                numbers.into_iter().map(Instant).find(|instant| *instant >= first && self.contains(instant))
            })
            .min_by_key(|instant| instant.0.distance(&example.0))
            .map(|instant| instant.to_string())
    }
}

fn seconds(cut: Option<&Cut<Instant>>) -> Option<(&Decimal, Side)> {
    cut.map(|cut| (&cut.at.0, cut.side))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::read(text).unwrap()
    }

    #[test]
    fn s3_6_1_the_operators_compare_request_with_policy() {
        let request = [at("2025-12-31"), at("2026-01-01"), at("2026-01-02")];
        let answers = |set: InstantSet| request.each_ref().map(|value| set.contains(value));
        let bound = || at("2026-01-01T00:00Z");
        assert_eq!(answers(InstantSet::equal_to(bound())), [false, true, false]);
        assert_eq!(answers(InstantSet::equal_to(bound()).not()), [true, false, true]);
        assert_eq!(answers(InstantSet::less_than(bound())), [true, false, false]);
        assert_eq!(answers(InstantSet::at_most(bound())), [true, true, false]);
        assert_eq!(answers(InstantSet::greater_than(bound())), [false, false, true]);
        assert_eq!(answers(InstantSet::at_least(bound())), [false, true, true]);
    }

    #[test]
    fn the_line_starts_at_the_first_writable_instant() {
        let first = at("0000-01-01T00:00:00+23:59");
        assert!(InstantSet::less_than(first.clone()).is_empty());
        assert!(InstantSet::at_least(first.clone()).is_all());
        assert_eq!(InstantSet::at_most(first).pick().unwrap(), "0000-01-01T00:00:00+23:59");
        let soon = InstantSet::less_than(at("0000-01-01T00:00:00.1+23:59"));
        assert_eq!(soon.pick().unwrap(), "0000-01-01T00:00:00+23:59");
    }

    #[test]
    fn beyond_the_year_9999_the_line_is_whole_seconds() {
        let between = |low, high| InstantSet::greater_than(at(low)).and(&InstantSet::less_than(at(high)));
        assert!(between("253402387140", "253402387141").is_empty());
        assert!(between("900000000000", "900000000001").is_empty());
        let dense = between("253402387139", "253402387140");
        assert_eq!(dense.pick().unwrap(), "9999-12-31T23:59:59.5-23:59");
        assert_eq!(between("253402300799", "253402300800").pick().unwrap(), "9999-12-31T23:59:59.5Z");
    }

    #[test]
    fn an_example_is_a_sensible_date() {
        let pick = |set: InstantSet| set.pick().unwrap();
        let example = "2026-01-01T00:00:00Z";
        assert_eq!(pick(InstantSet::all()), example);
        assert_eq!(pick(InstantSet::greater_than(at("2020-06-01"))), example);
        assert_eq!(pick(InstantSet::equal_to(at(example)).not()), "2025-12-31T00:00:00Z");
        assert_eq!(pick(InstantSet::greater_than(at("2029-06-30T23:59:59Z"))), "2029-07-01T00:00:00Z");
        assert_eq!(pick(InstantSet::at_least(at("2029-06-30T17:00:00Z"))), "2029-06-30T17:00:00Z");
        assert_eq!(InstantSet::none().pick(), None);
    }
}
