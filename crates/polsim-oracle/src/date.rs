//! Dates (S3.6), as exact seconds since 1970-01-01T00:00:00Z.

use crate::{FourDigits, MissingZone, Readings};
use bigdecimal::BigDecimal;
use jiff::civil::Date;

/// S3.6.1–S3.6.3.
pub(crate) fn read(text: &str, readings: Readings) -> Option<BigDecimal> {
    let year_only = text.len() == 4 && readings.four_digits == FourDigits::Year;
    if is_digits(text) && !year_only {
        return text.parse().ok();
    }
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let days = days_since_epoch(day, time.is_some())?;
    let seconds = match time {
        Some(time) => seconds_of_day(time, readings)?,
        None => BigDecimal::from(0),
    };
    Some(BigDecimal::from(days) * BigDecimal::from(86_400) + seconds)
}

/// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; missing parts are the earliest. With a time the day must be whole.
fn days_since_epoch(text: &str, whole: bool) -> Option<i32> {
    let parts: Vec<&str> = text.split('-').collect();
    let (year, month, day) = match parts.as_slice() {
        [year] if !whole => (*year, "01", "01"),
        [year, month] if !whole => (*year, *month, "01"),
        [year, month, day] => (*year, *month, *day),
        _ => return None,
    };
    let (month, day) = (digits(month, 2)?.try_into().ok()?, digits(day, 2)?.try_into().ok()?);
    let date = Date::new(digits(year, 4)?, month, day).ok()?;
    let epoch = Date::new(1970, 1, 1).ok()?;
    epoch.until(date).ok().map(|span| span.get_days())
}

/// `hh:mm[:ss[.f]]TZD`, less the offset of the zone (S3.6.2).
fn seconds_of_day(text: &str, readings: Readings) -> Option<BigDecimal> {
    let (clock, offset) = split_zone(text, readings)?;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (*hour, *minute, "00"),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
    if !is_digits(fraction) {
        return None;
    }
    let minutes = minutes(hour, minute)?;
    let whole_seconds = digits(whole, 2).filter(|second| *second < 60)?;
    let fraction: BigDecimal = format!("0.{fraction}").parse().ok()?;
    Some(BigDecimal::from((minutes - offset) * 60 + i32::from(whole_seconds)) + fraction)
}

/// `Z` or `±hh:mm`, in minutes east; without it UTC (A26).
fn split_zone(text: &str, readings: Readings) -> Option<(&str, i32)> {
    if let Some(clock) = text.strip_suffix('Z') {
        return Some((clock, 0));
    }
    for (sign, factor) in [('+', 1), ('-', -1)] {
        if let Some((clock, zone)) = text.split_once(sign) {
            let (hour, minute) = zone.split_once(':')?;
            return Some((clock, factor * minutes(hour, minute)?));
        }
    }
    (readings.missing_zone == MissingZone::Utc).then_some((text, 0))
}

fn minutes(hour: &str, minute: &str) -> Option<i32> {
    let hour = digits(hour, 2).filter(|hour| *hour < 24)?;
    let minute = digits(minute, 2).filter(|minute| *minute < 60)?;
    Some(i32::from(hour) * 60 + i32::from(minute))
}

/// Exactly so many digits.
fn digits(text: &str, count: usize) -> Option<i16> {
    if text.len() == count && is_digits(text) { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(text: &str) -> Option<BigDecimal> {
        read(text, Readings::default())
    }

    #[test]
    fn s3_6_1_missing_parts_are_the_earliest() {
        assert_eq!(usual("2024-01"), usual("2024-01-01T00:00:00Z"));
        assert_eq!(usual("2024-06-01T10:30Z"), usual("2024-06-01T10:30:00.000Z"));
        assert_eq!(usual("1969-12-31T23:59:59.5Z"), "-0.5".parse().ok());
    }

    #[test]
    fn s3_6_2_zones() {
        assert_eq!(usual("2024-06-01T12:00:00+02:00"), usual("2024-06-01T10:00:00Z"));
        assert_eq!(usual("2024-06-01T12:00:00-02:30"), usual("2024-06-01T14:30:00Z"));
        assert_eq!(usual("2024-06-01T12:00:00"), usual("2024-06-01T12:00:00Z"));
        let strict = Readings { missing_zone: MissingZone::Unreadable, ..Readings::default() };
        assert_eq!(read("2024-06-01T12:00:00", strict), None);
    }

    #[test]
    fn s3_6_3_digits_are_seconds() {
        assert_eq!(usual("1735689600"), usual("2025-01-01"));
        assert_eq!(usual("2024"), "2024".parse().ok());
        let year = Readings { four_digits: FourDigits::Year, ..Readings::default() };
        assert_eq!(read("2024", year), usual("2024-01-01"));
    }

    #[test]
    fn s3_6_1_nothing_else() {
        for text in [
            "",
            "x",
            "-5",
            "1.5",
            "2024-13",
            "2024-02-30",
            "2024-1-1",
            "2024-01-01T",
            "2024-01-01T24:00Z",
            "2024-01T10:00Z",
            "2024-01-01T10Z",
            "2024-01-01T10:00:60Z",
            "2024-01-01T10:00:00.Z",
            "2024-01-01 10:00:00Z",
            "2024-01-01T10:00:00+2",
            "2024-01-01Z",
            "2024-*",
        ] {
            assert_eq!(usual(text), None, "{text:?}");
        }
    }
}
