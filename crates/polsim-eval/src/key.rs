//! Condition keys as small numbers, so that a request is looked up without comparing names.

use polsim_policy::ConditionKey;
use rustc_hash::FxHashMap;

/// A condition key of one [`KeyTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(u32);

impl KeyId {
    /// The place of the key in its table.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The keys that some policies name. Names compare without case (S3.2.1).
#[derive(Clone, Debug, Default)]
pub struct KeyTable {
    ids: FxHashMap<String, KeyId>,
    keys: Vec<ConditionKey>,
}

impl KeyTable {
    /// The number of a key, a new one if it is new.
    pub fn intern(&mut self, key: &ConditionKey) -> KeyId {
        let next = KeyId(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        *self.ids.entry(key.folded()).or_insert_with(|| {
            self.keys.push(key.clone());
            next
        })
    }

    /// The number of the key of this name in lower case.
    #[must_use]
    pub fn find(&self, folded: &str) -> Option<KeyId> {
        self.ids.get(folded).copied()
    }

    /// The key of a number, in the spelling in which it was met first.
    #[must_use]
    pub fn key(&self, id: KeyId) -> Option<&ConditionKey> {
        self.keys.get(id.index())
    }

    /// All keys with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (KeyId, &ConditionKey)> {
        self.keys.iter().enumerate().map(|(at, key)| (KeyId(u32::try_from(at).unwrap_or(u32::MAX)), key))
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}
