//! The `Condition` element (S1.10).

use crate::Operator;
use polsim_text::Spanned;
use std::fmt;
use std::hash::{Hash, Hasher};

/// All operator blocks of a statement; they are joined by AND (S3.1.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// The blocks in the order of the text.
    pub blocks: Vec<OperatorBlock>,
}

/// One operator with its keys. An operator without keys is vacuously true (S3.1.4).
#[derive(Clone, Debug, PartialEq)]
pub struct OperatorBlock {
    /// The operator.
    pub operator: Spanned<Operator>,
    /// Its keys in the order of the text.
    pub keys: Vec<KeyBlock>,
}

/// One key under an operator with the policy's values.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyBlock {
    /// The key.
    pub key: Spanned<ConditionKey>,
    /// The values; may be empty (S3.1.3).
    pub values: Vec<Spanned<ConditionValue>>,
}

/// A value of a condition, as its JSON text without quotes (S1.10.7).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConditionValue {
    /// The text that is compared.
    pub text: String,
    /// How it was written, for the printer.
    pub kind: ScalarKind,
}

/// The JSON kind of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarKind {
    /// `"text"`
    String,
    /// `10`
    Number,
    /// `true`
    Bool,
}

/// The name of a condition key. Names compare without ASCII case (S3.2.1), tag keys too (S3.2.2); the spelling is kept.
#[derive(Clone)]
pub struct ConditionKey {
    spelling: Box<str>,
}

impl ConditionKey {
    /// A key of the form `prefix:name` or `prefix:name/tag-key`; `None` when there is no prefix or no name (S1.10.5).
    #[must_use]
    pub fn new(spelling: &str) -> Option<Self> {
        let (prefix, name) = spelling.split_once(':')?;
        (!prefix.is_empty() && !name.is_empty()).then(|| Self { spelling: spelling.into() })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// In lower case, the form to look facts up by.
    #[must_use]
    pub fn folded(&self) -> String {
        self.spelling.to_ascii_lowercase()
    }

    /// The part before the first `/`, and the tag key behind it, if there is one (S3.2.2).
    #[must_use]
    pub fn split_tag(&self) -> (&str, Option<&str>) {
        match self.spelling.split_once('/') {
            Some((name, tag)) => (name, Some(tag)),
            None => (&self.spelling, None),
        }
    }
}

impl PartialEq for ConditionKey {
    fn eq(&self, other: &Self) -> bool {
        self.spelling.eq_ignore_ascii_case(&other.spelling)
    }
}

impl Eq for ConditionKey {}

impl PartialOrd for ConditionKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ConditionKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (own, other) = (self.spelling.bytes(), other.spelling.bytes());
        own.map(|byte| byte.to_ascii_lowercase()).cmp(other.map(|byte| byte.to_ascii_lowercase()))
    }
}

impl Hash for ConditionKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.spelling.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
    }
}

impl fmt::Display for ConditionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelling)
    }
}

impl fmt::Debug for ConditionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConditionKey({:?})", self.spelling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_2_1_key_names_compare_without_case() {
        assert_eq!(ConditionKey::new("AWS:sourceVPC"), ConditionKey::new("aws:SourceVpc"));
    }

    #[test]
    fn s3_2_2_the_tag_key_begins_at_the_first_slash() {
        let key = ConditionKey::new("aws:RequestTag/team/blue:1").unwrap();
        assert_eq!(key.split_tag(), ("aws:RequestTag", Some("team/blue:1")));
    }

    #[test]
    fn s1_10_5_a_key_needs_a_prefix_and_a_name() {
        assert!(ConditionKey::new("username").is_none());
        assert!(ConditionKey::new(":username").is_none());
        assert!(ConditionKey::new("aws:").is_none());
    }
}
