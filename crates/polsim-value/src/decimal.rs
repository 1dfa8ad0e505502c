//! Decimal numbers, and the sets that the Numeric operators write (S3.5).
//!
//! Numbers are exact and of any length: no binary fraction ever stands in for a decimal one. A newcomer would doubt
//! how strict reading is: `5.`, `.5`, `1e3`, `0x10` and ` 5` are all unreadable, because S3.5.3 accepts a sign, digits
//! and a fraction and nothing else, and an unreadable text fails a test and its negation alike.

use std::fmt;
use std::str::FromStr;

use bigdecimal::num_bigint::{BigInt, Sign};
use bigdecimal::{BigDecimal, RoundingMode};

use crate::interval::{Cut, IntervalSet, Line, Side};

/// An exact decimal number.
///
/// ```
/// use polsim_value::Decimal;
/// assert_eq!(Decimal::read("10"), Decimal::read("+10.0"));
/// assert_eq!(Decimal::read("1e1"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(
    /// Always normalised: the hash of a number must not depend on how it was written.
    BigDecimal,
);

/// A set of numbers: what Numeric operators can say about a key.
pub type DecimalSet = IntervalSet<Decimal>;

/// Between any two numbers lies another, and there is no smallest and no greatest: cuts stay where they are.
impl Line for Decimal {}

impl Decimal {
    /// Reads an optional sign, digits, and an optional point followed by digits (S3.5.3); `None` is S3.14.
    pub fn read(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let readable = match unsigned.split_once('.') {
            Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
            None => is_digits(unsigned),
        };
        // The shape is checked first: the library would also take exponents and underscores.
        if readable { BigDecimal::from_str(text).ok().map(Self::new) } else { None }
    }

    fn new(number: BigDecimal) -> Self {
        Self(number.normalized())
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.0.sign() == Sign::Minus
    }

    /// The greatest whole number that is not above this one.
    #[must_use]
    pub fn rounded_down(&self) -> Self {
        self.floor().into()
    }

    pub(crate) fn floor(&self) -> BigInt {
        self.0.with_scale_round(0, RoundingMode::Floor).into_bigint_and_scale().0
    }

    /// The sum of two numbers.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self::new(&self.0 + &other.0)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self::new(&self.0 - &other.0)
    }

    pub(crate) fn distance(&self, other: &Self) -> Self {
        Self(self.minus(other).0.abs())
    }

    fn midpoint(&self, other: &Self) -> Self {
        Self::new((&self.0 + &other.0) * BigDecimal::new(BigInt::from(5), 1))
    }

    /// The smallest multiple of the step (a positive number) that is above this number.
    fn multiple_above(&self, step: u32) -> Self {
        let floor = self.floor();
        let past = ((&floor % step) + step) % step;
        Self::from(floor - past + step)
    }

    /// The greatest multiple of the step (a positive number) that is below this number.
    fn multiple_below(&self, step: u32) -> Self {
        let mirrored = Self(-self.0.clone()).multiple_above(step);
        Self(-mirrored.0)
    }
}

impl From<BigInt> for Decimal {
    fn from(whole: BigInt) -> Self {
        Self::new(BigDecimal::from(whole))
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self::from(BigInt::from(whole))
    }
}

/// Writes the number so that [`Decimal::read`] reads it back: never with an exponent.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_plain_string())
    }
}

impl DecimalSet {
    /// The text of a member that reads well: a bound where there is one, else a whole number, else a midpoint;
    /// `None` iff the set is empty.
    pub fn pick(&self) -> Option<String> {
        self.stretches()
            .filter_map(|(low, high)| {
                let numbers = candidates(low.map(Cut::parts), high.map(Cut::parts), &[1]);
                numbers.into_iter().find(|number| self.contains(number))
            })
            .map(|number| (number.is_negative(), number.to_string()))
            .min_by_key(|(negative, text)| (*negative, text.len()))
            .map(|(_, text)| text)
    }
}

/// Numbers to try as the example of a stretch between two cuts, the most readable first: a bound that is a member,
/// then multiples of the steps. One of them lies in the stretch: on a dense line the midpoint does at the latest.
pub(crate) fn candidates(
    low: Option<(&Decimal, Side)>,
    high: Option<(&Decimal, Side)>,
    steps: &[u32],
) -> Vec<Decimal> {
    let mut numbers = Vec::new();
    numbers.extend(low.filter(|&(_, side)| side == Side::Before).map(|(at, _)| at.clone()));
    numbers.extend(high.filter(|&(_, side)| side == Side::After).map(|(at, _)| at.clone()));
    for &step in steps {
        numbers.extend(low.map(|(at, _)| at.multiple_above(step)));
        numbers.extend(high.map(|(at, _)| at.multiple_below(step)));
    }
    match (low, high) {
        (Some((low, _)), Some((high, _))) => numbers.push(low.midpoint(high)),
        (None, None) => numbers.push(Decimal::from(0)),
        _ => {}
    }
    numbers
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::read(text).unwrap()
    }

    #[test]
    fn s3_5_1_the_operators_compare_request_with_policy() {
        let request = [number("9"), number("10"), number("11")];
        let answers = |set: DecimalSet| request.each_ref().map(|value| set.contains(value));
        assert_eq!(answers(DecimalSet::equal_to(number("10"))), [false, true, false]);
        assert_eq!(answers(DecimalSet::equal_to(number("10")).not()), [true, false, true]);
        assert_eq!(answers(DecimalSet::less_than(number("10"))), [true, false, false]);
        assert_eq!(answers(DecimalSet::at_most(number("10"))), [true, true, false]);
        assert_eq!(answers(DecimalSet::greater_than(number("10"))), [false, false, true]);
        assert_eq!(answers(DecimalSet::at_least(number("10"))), [false, true, true]);
    }

    #[test]
    fn s3_5_2_ten_is_ten_point_zero() {
        assert_eq!(DecimalSet::equal_to(number("10")), DecimalSet::equal_to(number("10.0")));
        assert_eq!(number("0010.00").to_string(), "10");
        assert_eq!(number("-0"), number("0.0"));
    }

    #[test]
    fn s3_5_2_comparison_is_exact_beyond_binary_fractions() {
        assert!(number("0.1000000000000000000000000000000000001") > number("0.1"));
        assert!(number("9007199254740993") > number("9007199254740992"));
        assert!(number("-2") < number("-1.5"));
    }

    #[test]
    fn s3_5_2_length_is_no_limit() {
        let long = "9".repeat(10_000);
        let set = DecimalSet::greater_than(number(&long));
        let picked = set.pick().unwrap();
        assert_eq!(picked, format!("1{}", "0".repeat(10_000)));
        assert!(set.contains(&number(&picked)));
    }

    #[test]
    fn s3_5_3_sign_digits_fraction_are_readable() {
        for text in ["0", "-7", "+7", "3.25", "-0.5", "007"] {
            assert!(Decimal::read(text).is_some(), "{text}");
        }
    }

    #[test]
    fn s3_5_3_exponent_hex_white_space_and_half_fractions_are_not_readable() {
        let texts = [
            "",
            "-",
            "+",
            ".",
            "5.",
            ".5",
            "-.5",
            "1e3",
            "1E3",
            "0x10",
            " 5",
            "5 ",
            "5\n",
            "1_000",
            "1,5",
            "--5",
            "+-5",
            "1.2.3",
            "12abc",
            "NaN",
            "inf",
            "٣",
            "5*",
            "${aws:EpochTime}",
        ];
        for text in texts {
            assert_eq!(Decimal::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_example_is_short_and_near_the_bound() {
        let pick = |set: DecimalSet| set.pick().unwrap();
        assert_eq!(pick(DecimalSet::all()), "0");
        assert_eq!(pick(DecimalSet::at_most(number("3600"))), "3600");
        assert_eq!(pick(DecimalSet::less_than(number("3600"))), "3599");
        assert_eq!(pick(DecimalSet::greater_than(number("3600"))), "3601");
        assert_eq!(pick(DecimalSet::equal_to(number("0")).not()), "1");
        let between = DecimalSet::greater_than(number("5")).and(&DecimalSet::less_than(number("6")));
        assert_eq!(pick(between), "5.5");
        let negative = DecimalSet::greater_than(number("-1.5")).and(&DecimalSet::less_than(number("-1.25")));
        assert_eq!(pick(negative), "-1.375");
        assert_eq!(DecimalSet::none().pick(), None);
    }
}
