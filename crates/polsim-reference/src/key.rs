//! A condition key, or a family of keys such as `aws:RequestTag/${TagKey}`.

use crate::facts::KeyFacts;
use crate::folded;
use crate::presence::Presence;
use crate::rows::{KeyRow, Rows};
use crate::template;
use crate::words::{Arity, KeyType};

/// A condition key of a service, or a global one.
#[derive(Clone, Copy, Debug)]
pub struct Key<'r> {
    rows: &'r Rows,
    row: &'r KeyRow,
}

impl<'r> Key<'r> {
    pub(crate) fn all(rows: &'r Rows) -> impl ExactSizeIterator<Item = Self> {
        rows.keys.iter().map(move |row| Self { rows, row })
    }

    /// The keys of one list.
    pub(crate) fn of_list(rows: &'r Rows, list: &'r [u16]) -> impl Iterator<Item = Self> {
        list.iter().filter_map(move |at| Self::at(rows, *at))
    }

    fn at(rows: &'r Rows, at: u16) -> Option<Self> {
        rows.keys.get(usize::from(at)).map(|row| Self { rows, row })
    }

    /// The key of this name; else the family that it belongs to.
    pub(crate) fn find(rows: &'r Rows, name: &str) -> Option<Self> {
        if let Some(row) = folded::find(&rows.keys, name, |row| rows.str(row.name)) {
            return Some(Self { rows, row });
        }
        // `events:Metadata/${Key}/Matcher` before `events:Metadata/${Key}`.
        let families = Self::of_list(rows, &rows.families).filter(|family| family.covers(name));
        families.max_by_key(|family| template::literals(family.name()))
    }

    /// Its name as AWS writes it.
    #[must_use]
    pub fn name(self) -> &'r str {
        self.rows.str(self.row.name)
    }

    /// What stands before the first colon.
    #[must_use]
    pub fn prefix(self) -> &'r str {
        self.name().split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// What one value is.
    #[must_use]
    pub fn key_type(self) -> KeyType {
        self.row.key_type
    }

    /// Whether it has one value or many.
    #[must_use]
    pub fn arity(self) -> Arity {
        self.row.arity
    }

    /// Whether an operator for values of this type can make sense of its values.
    #[must_use]
    pub fn takes(self, key_type: KeyType) -> bool {
        self.row.key_type == key_type || (key_type == KeyType::Numeric && self.row.is_also_numeric)
    }

    /// Whether it stands for many keys: its name has a variable.
    #[must_use]
    pub fn is_family(self) -> bool {
        template::has_variable(self.name())
    }

    /// Whether a key of this name is meant: the same name, or one of the family.
    #[must_use]
    pub fn covers(self, name: &str) -> bool {
        template::matches(self.name(), name)
    }

    /// When requests have it, if it is one of the keys of S5.3.
    #[must_use]
    pub fn presence(self) -> Presence {
        Presence::of(self.name())
    }

    /// In plain form.
    #[must_use]
    pub fn facts(self) -> KeyFacts {
        KeyFacts {
            name: self.name().to_owned(),
            key_type: self.row.key_type,
            arity: self.row.arity,
            is_also_numeric: self.row.is_also_numeric,
        }
    }
}

impl PartialEq for Key<'_> {
    /// Of the same name.
    fn eq(&self, other: &Self) -> bool {
        folded::compare(self.name(), other.name()).is_eq()
    }
}

impl Eq for Key<'_> {}
