//! The context of a request (S5.1.1) and how keys are looked up (S3.2).

use std::collections::BTreeMap;

/// Key to value or values, as the caller spells the keys.
pub type Context = BTreeMap<String, Value>;

/// S5.1.1: a single-valued key holds a string, a multivalued key a list, also of length 0 or 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The value of a single-valued key.
    One(String),
    /// The values of a multivalued key.
    Many(Vec<String>),
}

impl Value {
    /// All values, however they are held.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        match self {
            Self::One(value) => vec![value.clone()],
            Self::Many(values) => values.clone(),
        }
    }
}

/// S3.2.1, S3.2.2: names of keys compare without regard to case, tag keys too.
pub(crate) fn lookup<'a>(context: &'a Context, key: &str) -> Option<&'a Value> {
    context.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}
