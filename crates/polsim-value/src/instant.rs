//! Instants, and the sets that the Date operators write (S3.6).
//!
//! An instant is an exact number of seconds since 1970-01-01T00:00:00Z, so epoch texts and ISO 8601 texts stand on one
//! line. A newcomer would doubt `2026`: it is all digits, therefore an epoch second of 1970, not a year (S3.6.3).
//!
//! The line is that of the *writable* instants. ISO texts reach from year 0000 to year 9999 with any fraction of a
//! second; beyond that only epoch texts reach, of any length but whole. So the line starts at [`FIRST`], is dense up to
//! [`WHOLE_FROM`], and goes on in whole seconds. Leap seconds do not exist on it (the profile counts seconds 00 to 59).

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

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
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

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
    /// Reads epoch seconds or the W3C profile of ISO 8601 (S3.6); `None` is S3.14.
    pub fn read(text: &str) -> Option<Self> {
        Self::read_with_zone(text).map(|(instant, _)| instant)
    }

    /// Like [`Instant::read`], and tells whether the zone had to be assumed.
    pub fn read_with_zone(text: &str) -> Option<(Self, Zone)> {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some((Self(Decimal::read(text)?), Zone::Given));
        }
        let Some((day, time)) = text.split_once('T') else {
            let day = read_day(text).or_else(|| read_day(&format!("{text}-01")))?;
            return Some((Self::new(day.to_datetime(Time::midnight())), Zone::Given));
        };
        let (clock, offset, zone) = read_zone(time)?;
        let (clock, fraction) = read_clock(clock)?;
        let local = Self::new(read_day(day)?.to_datetime(clock));
        Some((Self(local.0.plus(&fraction).minus(&Decimal::from(offset))), zone))
    }

    /// The instant at which a clock in UTC shows this date and time.
    fn new(utc: DateTime) -> Self {
        // The civil calendar, because the library's timestamps end two days before the year 9999 does.
        Self(Decimal::from(utc.duration_since(EPOCH).as_secs()))
    }
}

/// `YYYY-MM-DD`.
fn read_day(text: &str) -> Option<Date> {
    let mut fields = text.split('-');
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    let date = Date::new(read_field(year, 4)?, read_short(month)?, read_short(day)?).ok()?;
    fields.next().is_none().then_some(date)
}

/// `hh:mm[:ss[.f]]`: the time in whole seconds, and the fraction.
fn read_clock(text: &str) -> Option<(Time, Decimal)> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut fields = clock.split(':');
    let (hour, minute, second) = (fields.next()?, fields.next()?, fields.next());
    if fields.next().is_some() || (second.is_none() && fraction.is_some()) {
        return None;
    }
    let second = second.map_or(Some(0), read_short)?;
    let time = Time::new(read_short(hour)?, read_short(minute)?, second, 0).ok()?;
    let fraction = Decimal::read(&format!("0.{}", fraction.unwrap_or("0")))?;
    Some((time, fraction))
}

/// Takes the zone off a time: the rest, how many seconds the zone is ahead of UTC, and whether it was there.
fn read_zone(time: &str) -> Option<(&str, i64, Zone)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, 0, Zone::Given));
    }
    let Some((clock, zone)) = time.find(['+', '-']).and_then(|at| time.split_at_checked(at)) else {
        return Some((time, 0, Zone::Missing));
    };
    let (hour, minute) = zone.strip_prefix(['+', '-'])?.split_once(':')?;
    let ahead = Time::new(read_short(hour)?, read_short(minute)?, 0, 0).ok()?;
    let ahead = ahead.duration_since(Time::midnight()).as_secs();
    Some((
        clock,
        if zone.starts_with('-') { -ahead } else { ahead },
        Zone::Given,
    ))
}

fn read_short(text: &str) -> Option<i8> {
    i8::try_from(read_field(text, 2)?).ok()
}

/// A field of exactly so many digits.
fn read_field(text: &str, width: usize) -> Option<i16> {
    let digits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Writes the instant so that [`Instant::read`] reads it back: ISO 8601 in UTC where that reaches, else ISO 8601 in the
/// widest zone for a fraction of a second, else epoch seconds.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let floor = self.0.floor();
        let fraction = self.0.minus(&Decimal::from(floor.clone()));
        let whole = fraction == Decimal::from(0);
        let (ahead, zone) = match i64::try_from(floor.clone()) {
            Ok(second) if second < FIRST + WIDEST_ZONE => (WIDEST_ZONE, "+23:59"),
            Ok(second) if second < WHOLE_FROM - WIDEST_ZONE => (0, "Z"),
            Ok(_) if !whole => (-WIDEST_ZONE, "-23:59"),
            _ => return write!(f, "{floor}"),
        };
        let local = i64::try_from(floor)
            .ok()
            .and_then(|second| EPOCH.checked_add(SignedDuration::from_secs(second + ahead)).ok())
            .ok_or(fmt::Error)?;
        let fraction = if whole {
            String::new()
        } else {
            fraction.to_string()
        };
        write!(f, "{local}{}{zone}", fraction.trim_start_matches('0'))
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
                numbers
                    .into_iter()
                    .map(Instant)
                    .find(|instant| *instant >= first && self.contains(instant))
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
        Instant::read(text).unwrap_or_else(|| panic!("{text:?} is unreadable"))
    }

    #[track_caller]
    fn same(left: &str, right: &str) {
        assert_eq!(at(left), at(right), "{left} and {right}");
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
    fn s3_6_1_missing_parts_are_the_earliest_instant_in_utc() {
        same("2026-01", "2026-01-01T00:00:00Z");
        same("2026-03-04", "2026-03-04T00:00:00Z");
        same("2026-03-04T05:06Z", "2026-03-04T05:06:00.0Z");
    }

    #[test]
    fn s3_6_1_a_fraction_of_a_second_has_any_length_and_is_exact() {
        assert!(at("2026-01-01T00:00:00.0000000000000000001Z") > at("2026-01-01T00:00:00Z"));
        assert!(at("1969-12-31T23:59:59.5Z") < at("1970-01-01T00:00:00Z"));
        same("2026-01-01T00:00:00.250Z", "2026-01-01T00:00:00.25Z");
    }

    #[test]
    fn s3_6_1_the_calendar_is_real() {
        assert!(Instant::read("2024-02-29").is_some());
        for text in [
            "2026-02-29",
            "2026-00-01",
            "2026-13-01",
            "2026-04-31",
            "2026-01-01T24:00Z",
        ] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
        for text in [
            "2026-01-01T00:60Z",
            "2016-12-31T23:59:60Z",
            "2026-01-01T00:00+24:00",
            "2026-01-01T00:00+00:60",
        ] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }

    #[test]
    fn s3_6_1_other_shapes_are_not_readable() {
        let texts = [
            "",
            "T",
            "Z",
            "2026-",
            "2026-1",
            "2026-1-1",
            "26-01-01",
            "2026-01-01-01",
            "2026/01/01",
            "20260101T0000Z",
            "2026-01-01 00:00Z",
            "2026-01-01t00:00z",
            "2026-01-01T",
            "2026-01-01TZ",
            "2026-01-01T00Z",
            "2026-01T00:00Z",
            "2026-01-01T00:00.5Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00,5Z",
            "2026-01-01T00:00:00:00Z",
            " 2026-01-01",
            "2026-01-01Z",
            "2026-01-01+01:00",
            "+2026-01-01",
            "-2026-01-01",
            "12026-01-01",
            "2026-W01",
            "2026-001",
            "Thu, 01 Jan 2026 00:00:00 GMT",
            "2026-01-01T00:00:00.5.5Z",
            "2026-01-01TT00:00Z",
            "２０２６-01-01",
        ];
        for text in texts {
            assert_eq!(Instant::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn s3_6_2_the_zone_is_z_or_hours_and_minutes() {
        same("2026-01-01T00:00:00Z", "2026-01-01T05:30:00+05:30");
        same("2026-01-01T00:00:00Z", "2025-12-31T16:00:00-08:00");
        same("2026-01-01T00:00:00Z", "2026-01-01T00:00:00-00:00");
        for zone in [
            "+1",
            "+01",
            "+0100",
            "+1:00",
            "UTC",
            "ZZ",
            "Z+01:00",
            "+01:00Z",
            "+-1:00",
            "+01:00:00",
        ] {
            assert_eq!(
                Instant::read(&format!("2026-01-01T00:00:00{zone}")),
                None,
                "{zone}"
            );
        }
    }

    #[test]
    fn s3_6_2_a_time_without_zone_is_utc_and_says_so() {
        let zone = |text: &str| Instant::read_with_zone(text).unwrap().1;
        same("2026-01-01T12:00", "2026-01-01T12:00Z");
        same("2026-01-01T12:00:01.5", "2026-01-01T12:00:01.5Z");
        assert_eq!(zone("2026-01-01T12:00"), Zone::Missing);
        for text in [
            "2026-01-01T12:00Z",
            "2026-01-01T12:00+00:00",
            "2026-01-01",
            "2026-01",
            "1767225600",
        ] {
            assert_eq!(zone(text), Zone::Given, "{text}");
        }
    }

    #[test]
    fn s3_6_3_all_digit_text_is_epoch_seconds_on_the_same_line() {
        same("0", "1970-01-01");
        same("1767225600", "2026-01-01T00:00:00Z");
        same("2026", "1970-01-01T00:33:46Z");
        same("0002026", "2026");
    }

    #[test]
    fn s3_6_3_signs_and_fractions_are_no_epoch_seconds() {
        for text in ["-1", "+1", "1.5", "1e9", "0x10", " 1", "1_000"] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }

    #[test]
    fn s3_6_3_epoch_seconds_have_any_length() {
        let long = "9".repeat(1000);
        assert!(at(&long) > at("9999-12-31T23:59:59Z"));
        assert_eq!(at(&long).to_string(), long);
        assert!(InstantSet::greater_than(at(&long)).contains(&at(&"9".repeat(1001))));
    }

    #[test]
    fn s3_6_4_epoch_time_is_a_number_and_a_date() {
        assert!(Decimal::read("1767225600").is_some());
        assert!(Instant::read("1767225600").is_some());
    }

    #[test]
    fn s3_6_5_wildcards_and_variables_are_not_readable() {
        for text in ["2026-*", "2026-01-0?", "*", "${aws:CurrentTime}"] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_line_starts_at_the_first_writable_instant() {
        let first = at("0000-01-01T00:00:00+23:59");
        assert!(InstantSet::less_than(first.clone()).is_empty());
        assert!(InstantSet::at_least(first.clone()).is_all());
        assert_eq!(
            InstantSet::at_most(first).pick().unwrap(),
            "0000-01-01T00:00:00+23:59"
        );
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
        assert_eq!(
            between("253402300799", "253402300800").pick().unwrap(),
            "9999-12-31T23:59:59.5Z"
        );
    }

    #[test]
    fn an_example_is_a_sensible_date() {
        let pick = |set: InstantSet| set.pick().unwrap();
        let example = "2026-01-01T00:00:00Z";
        assert_eq!(pick(InstantSet::all()), example);
        assert_eq!(pick(InstantSet::greater_than(at("2020-06-01"))), example);
        assert_eq!(
            pick(InstantSet::equal_to(at(example)).not()),
            "2025-12-31T00:00:00Z"
        );
        assert_eq!(
            pick(InstantSet::greater_than(at("2029-06-30T23:59:59Z"))),
            "2029-07-01T00:00:00Z"
        );
        assert_eq!(
            pick(InstantSet::at_least(at("2029-06-30T17:00:00Z"))),
            "2029-06-30T17:00:00Z"
        );
        assert_eq!(InstantSet::none().pick(), None);
    }
}
