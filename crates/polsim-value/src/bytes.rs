//! Byte strings, and the sets that BinaryEquals writes (S3.8).
//!
//! Both sides of the comparison are base64 text (RFC 4648 section 4). A newcomer would doubt why the padding must be
//! there: the RFC rejects unpadded and otherwise irregular text unless a protocol says differently, AWS says nothing,
//! and unreadable text is reported (S3.14.1) where a lenient guess would stay silent. The useful consequence: a byte
//! string has exactly one text.

use std::collections::BTreeSet;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A byte string, read from base64.
///
/// ```
/// use polsim_value::Bytes;
/// assert!(Bytes::read("ZXhhbXBsZQ==").is_some());
/// assert!(Bytes::read("ZXhhbXBsZQ").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// Decodes base64 in the standard alphabet with padding; `None` is S3.14.
    pub fn read(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().map(Self)
    }
}

/// Writes the base64 text.
impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
    }
}

/// A set of byte strings: a finite set or the complement of one, since equality is all that a policy can ask.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BytesSet(Members);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Members {
    Only(BTreeSet<Bytes>),
    AllBut(BTreeSet<Bytes>),
}
use Members::{AllBut, Only};

/// Writes the texts of what is listed, as `only AQI=` or `all but AQI= Ag==`.
impl fmt::Display for BytesSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, listed) = match &self.0 {
            Only(listed) => ("only", listed),
            AllBut(listed) => ("all but", listed),
        };
        f.write_str(word)?;
        listed.iter().try_for_each(|bytes| write!(f, " {bytes}"))
    }
}

impl BytesSet {
    /// Every byte string.
    pub fn all() -> Self {
        Self(AllBut(BTreeSet::new()))
    }

    /// No byte string.
    pub fn none() -> Self {
        Self(Only(BTreeSet::new()))
    }

    /// The one byte string that equals the operand.
    pub fn equal_to(bytes: Bytes) -> Self {
        Self(Only(BTreeSet::from([bytes])))
    }

    /// Whether the byte string is a member.
    pub fn contains(&self, bytes: &Bytes) -> bool {
        match &self.0 {
            Only(listed) => listed.contains(bytes),
            AllBut(listed) => !listed.contains(bytes),
        }
    }

    /// The byte strings in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(match (&self.0, &other.0) {
            (Only(left), Only(right)) => Only(left & right),
            (Only(only), AllBut(but)) | (AllBut(but), Only(only)) => Only(only - but),
            (AllBut(left), AllBut(right)) => AllBut(left | right),
        })
    }

    /// The byte strings in either set.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        self.not().and(&other.not()).not()
    }

    /// The byte strings that are not members.
    #[must_use]
    pub fn not(&self) -> Self {
        Self(match self.0.clone() {
            Only(listed) => AllBut(listed),
            AllBut(listed) => Only(listed),
        })
    }

    /// Whether no byte string is a member.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Only(listed) if listed.is_empty())
    }

    /// Whether every byte string is a member.
    pub fn is_all(&self) -> bool {
        matches!(&self.0, AllBut(listed) if listed.is_empty())
    }

    /// The base64 text of a member: the first listed one, else an `example`; `None` iff the set is empty.
    pub fn pick(&self) -> Option<String> {
        let member = match &self.0 {
            Only(listed) => listed.first().cloned(),
            // One more candidate than there are exceptions, so one remains.
            AllBut(listed) => (0..=listed.len())
                .map(|number| if number == 0 { "example".into() } else { format!("example-{number}") })
                .map(|name| Bytes(name.into_bytes()))
                .find(|bytes| !listed.contains(bytes)),
        };
        member.map(|bytes| bytes.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Bytes {
        Bytes::read(text).unwrap()
    }

    #[test]
    fn s3_8_1_both_sides_are_decoded_and_compared_as_bytes() {
        assert_eq!(bytes("ZXhhbXBsZQ==").0, b"example");
        let set = BytesSet::equal_to(bytes("ZXhhbXBsZQ=="));
        assert!(set.contains(&bytes("ZXhhbXBsZQ==")));
        assert!(!set.contains(&bytes("RVhBTVBMRQ==")), "EXAMPLE is not example");
        assert!(!set.contains(&bytes("")));
        assert_eq!(bytes("/+8=").0, [0xff, 0xef]);
    }

    #[test]
    fn s3_8_1_other_alphabets_blanks_and_missing_padding_are_not_readable() {
        for text in [
            "ZXhhbXBsZQ",
            "ZXhhbXBsZQ=",
            "ZXhhbXBsZQ===",
            "_-8=",
            "ZXhh bXBs",
            "ZXhhbXBs\n",
            "=",
            "Zg=a",
            "Zh==",
        ] {
            assert_eq!(Bytes::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn s3_8_1_variables_and_wildcards_are_not_readable() {
        for text in ["*", "ZXhh*", "${aws:username}"] {
            assert_eq!(Bytes::read(text), None, "{text}");
        }
    }

    #[test]
    fn an_example_avoids_the_exceptions() {
        assert_eq!(BytesSet::all().pick().unwrap(), "ZXhhbXBsZQ==");
        let set = BytesSet::equal_to(bytes("ZXhhbXBsZQ==")).not();
        assert_eq!(set.pick().unwrap(), "ZXhhbXBsZS0x");
        assert_eq!(BytesSet::none().pick(), None);
    }
}
