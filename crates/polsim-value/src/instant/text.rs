//! The texts of instants: epoch seconds and the W3C profile of ISO 8601, read and written.
//!
//! The shape is checked by hand because the profile is narrower than what a date library takes (no week dates, no
//! leap second, no lower-case `t`); the calendar itself is the library's.

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use super::{FIRST, Instant, WHOLE_FROM, WIDEST_ZONE, Zone};
use crate::decimal::Decimal;

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

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
    Some((clock, if zone.starts_with('-') { -ahead } else { ahead }, Zone::Given))
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
        let fraction = if whole { String::new() } else { fraction.to_string() };
        write!(f, "{local}{}{zone}", fraction.trim_start_matches('0'))
    }
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
        for text in ["2026-02-29", "2026-00-01", "2026-13-01", "2026-04-31", "2026-01-01T24:00Z"] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
        for text in
            ["2026-01-01T00:60Z", "2016-12-31T23:59:60Z", "2026-01-01T00:00+24:00", "2026-01-01T00:00+00:60"]
        {
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
        for zone in ["+1", "+01", "+0100", "+1:00", "UTC", "ZZ", "Z+01:00", "+01:00Z", "+-1:00", "+01:00:00"]
        {
            assert_eq!(Instant::read(&format!("2026-01-01T00:00:00{zone}")), None, "{zone}");
        }
    }

    #[test]
    fn s3_6_2_a_time_without_zone_is_utc_and_says_so() {
        let zone = |text: &str| Instant::read_with_zone(text).unwrap().1;
        same("2026-01-01T12:00", "2026-01-01T12:00Z");
        same("2026-01-01T12:00:01.5", "2026-01-01T12:00:01.5Z");
        assert_eq!(zone("2026-01-01T12:00"), Zone::Missing);
        for text in ["2026-01-01T12:00Z", "2026-01-01T12:00+00:00", "2026-01-01", "2026-01", "1767225600"] {
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
        assert!(at(&long) < at(&"9".repeat(1001)));
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
}
