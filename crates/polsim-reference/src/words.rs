//! The words of the service authorization reference: access levels, types of keys, one value or many.
//!
//! AWS writes `ArrayOfString` for a key that has many values, each of which is a string; here that is a type and an
//! arity, because operators look at the one and set quantifiers at the other (S3.2).

use std::fmt;
use std::str::FromStr;

/// What an action does to a resource, as AWS sorts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Sees that resources exist.
    List,
    /// Reads what is in them.
    Read,
    /// Makes, changes or deletes them.
    Write,
    /// Changes who may do what with them.
    PermissionsManagement,
    /// Changes nothing but their tags.
    Tagging,
}

/// What one value of a condition key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyType {
    /// A text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A point in time.
    Date,
    /// A number.
    Numeric,
    /// An IP address.
    IpAddress,
    /// Bytes.
    Binary,
}

/// How many values a condition key has in one request (S5.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Arity {
    /// One.
    One,
    /// A list, of none, one or more: it takes `ForAllValues` or `ForAnyValue`.
    Many,
}

/// A word that is none of those that are known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {what}")]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// What was expected.
    pub what: &'static str,
}

impl AccessLevel {
    /// All, from the harmless to the powerful, tagging last.
    pub const ALL: [Self; 5] =
        [Self::List, Self::Read, Self::Write, Self::PermissionsManagement, Self::Tagging];

    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::PermissionsManagement => "Permissions management",
            Self::Tagging => "Tagging",
        }
    }
}

impl KeyType {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Arn, Self::Bool, Self::Date, Self::Numeric, Self::IpAddress, Self::Binary];

    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Arn => "ARN",
            Self::Bool => "Bool",
            Self::Date => "Date",
            Self::Numeric => "Numeric",
            Self::IpAddress => "IPAddress",
            Self::Binary => "Binary",
        }
    }

    /// A type and an arity from AWS's one word for both, such as `ArrayOfString`.
    ///
    /// # Errors
    /// [`UnknownWord`] when it is no such word.
    pub fn with_arity(word: &str) -> Result<(Self, Arity), UnknownWord> {
        let (arity, name) = match word.strip_prefix("ArrayOf") {
            Some(name) => (Arity::Many, name),
            None => (Arity::One, word),
        };
        Ok((name.parse()?, arity))
    }
}

fn among<T: Copy>(
    word: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
    what: &'static str,
) -> Result<T, UnknownWord> {
    let found = all.iter().copied().find(|known| name(*known).eq_ignore_ascii_case(word));
    found.ok_or_else(|| UnknownWord { word: word.to_owned(), what })
}

impl FromStr for AccessLevel {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        among(word, &Self::ALL, Self::as_str, "access level")
    }
}

impl FromStr for KeyType {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        among(word, &Self::ALL, Self::as_str, "type of a condition key")
    }
}

impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_aws_writes_them_and_in_any_case() {
        assert_eq!("Permissions management".parse(), Ok(AccessLevel::PermissionsManagement));
        assert_eq!("write".parse(), Ok(AccessLevel::Write));
        assert_eq!("admin".parse::<AccessLevel>().unwrap_err().to_string(), "`admin` is no access level");
        assert_eq!(KeyType::with_arity("ArrayOfARN"), Ok((KeyType::Arn, Arity::Many)));
        assert_eq!(KeyType::with_arity("IPAddress"), Ok((KeyType::IpAddress, Arity::One)));
        assert!(KeyType::with_arity("ArrayOf").is_err());
    }
}
