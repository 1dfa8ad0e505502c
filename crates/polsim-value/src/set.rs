//! One set of values of any sort, asked by the text of a value.
//!
//! A request carries texts; the sort of a set says how they are read. A text that cannot be read as that sort is
//! neither in the set nor in its complement (S3.14.1), which is why [`ValueSet::membership`] has three answers.

use crate::{Address, AddressSet, Bytes, BytesSet, Decimal, DecimalSet, Instant, InstantSet};
use polsim_arn::{Arn, ArnPattern, Pattern, TextSet};

/// How the values of a set are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// Any text (S3.4).
    Text,
    /// Texts that are ARNs (S3.10).
    Arn,
    /// `true` and `false` in any letter case (S3.7).
    Truth,
    /// Decimal numbers (S3.5).
    Decimal,
    /// Points in time (S3.6).
    Instant,
    /// Internet addresses (S3.9).
    Address,
    /// Byte strings in base64 (S3.8).
    Bytes,
}

/// A set of values of one sort.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ValueSet {
    /// Texts.
    Text(TextSet),
    /// ARNs; texts of the set that are no ARNs do not count.
    Arn(TextSet),
    /// Truth values.
    Truth(TruthSet),
    /// Numbers.
    Decimal(DecimalSet),
    /// Points in time.
    Instant(InstantSet),
    /// Addresses.
    Address(AddressSet),
    /// Byte strings.
    Bytes(BytesSet),
}

/// Which of the two truth values are members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TruthSet {
    /// Whether `true` is a member.
    pub has_true: bool,
    /// Whether `false` is a member.
    pub has_false: bool,
}

/// How a text stands to a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// It is a member.
    In,
    /// It can be read and is no member.
    Out,
    /// It cannot be read as a value of the sort.
    Unreadable,
}

impl From<bool> for Membership {
    fn from(is_member: bool) -> Self {
        if is_member { Self::In } else { Self::Out }
    }
}

/// Reads a truth value in any letter case (S3.7.2).
#[must_use]
pub fn read_truth(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

impl TruthSet {
    /// The set of one truth value.
    #[must_use]
    pub fn only(value: bool) -> Self {
        Self { has_true: value, has_false: !value }
    }

    fn texts(self) -> TextSet {
        let words = [(self.has_true, "true"), (self.has_false, "false")];
        TextSet::union(
            words.iter().filter(|(has, _)| *has).map(|(_, word)| Pattern::exact_ignoring_case(word)),
        )
    }
}

impl ValueSet {
    /// The sort.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self {
            Self::Text(_) => Sort::Text,
            Self::Arn(_) => Sort::Arn,
            Self::Truth(_) => Sort::Truth,
            Self::Decimal(_) => Sort::Decimal,
            Self::Instant(_) => Sort::Instant,
            Self::Address(_) => Sort::Address,
            Self::Bytes(_) => Sort::Bytes,
        }
    }

    /// The set of no value.
    #[must_use]
    pub fn none(sort: Sort) -> Self {
        match sort {
            Sort::Text => Self::Text(TextSet::none()),
            Sort::Arn => Self::Arn(TextSet::none()),
            Sort::Truth => Self::Truth(TruthSet { has_true: false, has_false: false }),
            Sort::Decimal => Self::Decimal(DecimalSet::none()),
            Sort::Instant => Self::Instant(InstantSet::none()),
            Sort::Address => Self::Address(AddressSet::none()),
            Sort::Bytes => Self::Bytes(BytesSet::none()),
        }
    }

    /// How a text stands to the set.
    #[must_use]
    pub fn membership(&self, text: &str) -> Membership {
        let read = match self {
            Self::Text(set) => Some(set.contains(text)),
            Self::Arn(set) => Arn::parse(text).map(|_| set.contains(text)),
            Self::Truth(set) => {
                read_truth(text).map(|value| if value { set.has_true } else { set.has_false })
            }
            Self::Decimal(set) => Decimal::read(text).map(|value| set.contains(&value)),
            Self::Instant(set) => Instant::read(text).map(|value| set.contains(&value)),
            Self::Address(set) => Address::read(text).map(|value| set.contains(&value)),
            Self::Bytes(set) => Bytes::read(text).map(|value| set.contains(&value)),
        };
        read.map_or(Membership::Unreadable, Membership::from)
    }

    /// All readable values that are no members.
    #[must_use]
    pub fn not(&self) -> Self {
        match self {
            Self::Text(set) => Self::Text(set.not()),
            Self::Arn(set) => Self::Arn(set.not()),
            Self::Truth(set) => Self::Truth(TruthSet { has_true: !set.has_true, has_false: !set.has_false }),
            Self::Decimal(set) => Self::Decimal(set.not()),
            Self::Instant(set) => Self::Instant(set.not()),
            Self::Address(set) => Self::Address(set.not()),
            Self::Bytes(set) => Self::Bytes(set.not()),
        }
    }

    /// What is in both; `None` when the sorts differ.
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Text(a), Self::Text(b)) => Self::Text(a.and(b)),
            (Self::Arn(a), Self::Arn(b)) => Self::Arn(a.and(b)),
            (Self::Truth(a), Self::Truth(b)) => Self::Truth(TruthSet {
                has_true: a.has_true && b.has_true,
                has_false: a.has_false && b.has_false,
            }),
            (Self::Decimal(a), Self::Decimal(b)) => Self::Decimal(a.and(b)),
            (Self::Instant(a), Self::Instant(b)) => Self::Instant(a.and(b)),
            (Self::Address(a), Self::Address(b)) => Self::Address(a.and(b)),
            (Self::Bytes(a), Self::Bytes(b)) => Self::Bytes(a.and(b)),
            _ => return None,
        })
    }

    /// What is in either; `None` when the sorts differ.
    #[must_use]
    pub fn or(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Text(a), Self::Text(b)) => Self::Text(a.or(b)),
            (Self::Arn(a), Self::Arn(b)) => Self::Arn(a.or(b)),
            (Self::Truth(a), Self::Truth(b)) => Self::Truth(TruthSet {
                has_true: a.has_true || b.has_true,
                has_false: a.has_false || b.has_false,
            }),
            (Self::Decimal(a), Self::Decimal(b)) => Self::Decimal(a.or(b)),
            (Self::Instant(a), Self::Instant(b)) => Self::Instant(a.or(b)),
            (Self::Address(a), Self::Address(b)) => Self::Address(a.or(b)),
            (Self::Bytes(a), Self::Bytes(b)) => Self::Bytes(a.or(b)),
            _ => return None,
        })
    }

    /// All texts that can be read as a member, where they are a set of texts: for texts, ARNs and truth values. That
    /// makes conditions of these sorts on one key comparable with each other.
    #[must_use]
    pub fn as_texts(&self) -> Option<TextSet> {
        match self {
            Self::Text(set) => Some(set.clone()),
            Self::Arn(set) => Some(set.and(&TextSet::from(ArnPattern::any()))),
            Self::Truth(set) => Some(set.texts()),
            Self::Decimal(_) | Self::Instant(_) | Self::Address(_) | Self::Bytes(_) => None,
        }
    }

    /// A member of a sort that is no set of texts (see [`ValueSet::as_texts`]); `None` for those, and for empty sets.
    #[must_use]
    pub fn pick(&self) -> Option<String> {
        match self {
            Self::Text(_) | Self::Arn(_) | Self::Truth(_) => None,
            Self::Decimal(set) => set.pick(),
            Self::Instant(set) => set.pick(),
            Self::Address(set) => set.pick(),
            Self::Bytes(set) => set.pick(),
        }
    }

    /// A quick and sound sign that there is no member; exact for all sorts but texts and ARNs.
    #[must_use]
    pub fn is_none_at_a_glance(&self) -> bool {
        match self {
            Self::Text(set) | Self::Arn(set) => set.is_none_at_a_glance(),
            Self::Truth(set) => !set.has_true && !set.has_false,
            Self::Decimal(set) => set.is_empty(),
            Self::Instant(set) => set.is_empty(),
            Self::Address(set) => set.is_empty(),
            Self::Bytes(set) => set.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_7_2_truth_ignores_the_case() {
        let set = ValueSet::Truth(TruthSet::only(true));
        assert_eq!(set.membership("TRUE"), Membership::In);
        assert_eq!(set.membership("False"), Membership::Out);
        assert_eq!(set.membership("yes"), Membership::Unreadable);
    }

    #[test]
    fn s3_14_1_an_unreadable_text_is_in_no_set() {
        let set = ValueSet::Decimal(DecimalSet::all());
        assert_eq!(set.membership("12abc"), Membership::Unreadable);
        assert_eq!(set.not().membership("12abc"), Membership::Unreadable);
    }

    #[test]
    fn s3_10_5_a_text_that_is_no_arn_is_in_no_set_of_arns() {
        let set = ValueSet::Arn(TextSet::none());
        assert_eq!(set.not().membership("arn:aws:s3:::b"), Membership::In);
        assert_eq!(set.not().membership("b"), Membership::Unreadable);
        assert!(!set.not().as_texts().unwrap().contains("b"));
    }

    #[test]
    fn texts_of_a_set_agree_with_membership() {
        let set = ValueSet::Truth(TruthSet::only(false));
        for text in ["false", "FALSE", "true", "0"] {
            assert_eq!(
                set.as_texts().unwrap().contains(text),
                set.membership(text) == Membership::In,
                "{text}"
            );
        }
    }
}
