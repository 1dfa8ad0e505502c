//! Condition keys of a request (S5.1).

use polsim_policy::{ConditionKey, Later};
use std::collections::BTreeMap;

/// Which keys a request carries, and what is taken to hold of those that it does not mention.
#[derive(Clone, Debug, Default)]
pub struct Context {
    keys: BTreeMap<ConditionKey, KeyState>,
    /// What a key is that is not stated.
    pub unstated: Unstated,
}

/// What is said of a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// The request does not carry it.
    Absent,
    /// The request carries it with one value.
    One(String),
    /// The request carries it as a list, which may have one entry or none. A list is no value for a policy variable
    /// (S3.15.8).
    List(Vec<String>),
    /// It may be absent or hold anything.
    Open,
}

/// What a key is that a context does not mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unstated {
    /// Absent: the context is the whole truth.
    #[default]
    Absent,
    /// Open: it may be absent or hold anything.
    Open,
}

/// The same key is stated twice; names that differ in case only are the same (S3.2.3).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the context states the key `{first}` twice (`{second}` is the same key: names ignore letter case)")]
pub struct DuplicateKey {
    /// As it was spelt first.
    pub first: ConditionKey,
    /// As it was spelt the second time.
    pub second: ConditionKey,
}

impl KeyState {
    /// The values; none when the key is absent or open.
    #[must_use]
    pub fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::List(values) => values,
            Self::Absent | Self::Open => &[],
        }
    }
}

impl Context {
    /// A context that states nothing.
    #[must_use]
    pub fn new(unstated: Unstated) -> Self {
        Self { keys: BTreeMap::new(), unstated }
    }

    /// States a key.
    ///
    /// # Errors
    /// [`DuplicateKey`] when it is stated already (S3.2.3, A25).
    pub fn state(&mut self, key: ConditionKey, state: KeyState) -> Result<(), DuplicateKey> {
        if let Some((first, _)) = self.keys.get_key_value(&key) {
            return Err(DuplicateKey { first: first.clone(), second: key });
        }
        self.keys.insert(key, state);
        Ok(())
    }

    /// States a key, whatever was stated before.
    pub fn replace(&mut self, key: ConditionKey, state: KeyState) {
        self.keys.remove(&key);
        self.keys.insert(key, state);
    }

    /// What is stated of a key; `None` when nothing is.
    #[must_use]
    pub fn stated(&self, key: &ConditionKey) -> Option<&KeyState> {
        self.keys.get(key)
    }

    /// What holds of a key, stated or not.
    #[must_use]
    pub fn get(&self, key: &ConditionKey) -> &KeyState {
        self.stated(key).unwrap_or(match self.unstated {
            // What is known only later is in no request, whoever says that he states all of it.
            Unstated::Absent if Later::of(key).is_some() => &KeyState::Open,
            Unstated::Absent => &KeyState::Absent,
            Unstated::Open => &KeyState::Open,
        })
    }

    /// All keys that are stated, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&ConditionKey, &KeyState)> {
        self.keys.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_2_3_a_key_is_stated_once_whatever_its_case() {
        let mut context = Context::default();
        let key = |text| ConditionKey::new(text).unwrap();
        context.state(key("aws:ResourceTag/ec2"), KeyState::Absent).unwrap();
        let error = context.state(key("aws:ResourceTag/EC2"), KeyState::Open).unwrap_err();
        assert_eq!(error.first.as_str(), "aws:ResourceTag/ec2");
    }
}
