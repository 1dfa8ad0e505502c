//! The facts of one service as they are held: flat rows that point at each other by number.
//!
//! All texts of a service are one string, and all lists of keys one vector, so that decoding a service makes a dozen
//! allocations and not thousands. The views ([`Action`](crate::Action) and the others) turn numbers into what they mean;
//! the decoder has checked that every number points at something.

use crate::arn_form::ArnForm;
use crate::words::{AccessLevel, Arity, KeyType};
use std::ops::Range;

/// A part of [`Rows::text`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Text {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A part of one of the vectors of [`Rows`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Part {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Part {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A condition key.
#[derive(Clone, Debug)]
pub(crate) struct KeyRow {
    pub(crate) name: Text,
    pub(crate) key_type: KeyType,
    pub(crate) arity: Arity,
    pub(crate) is_also_numeric: bool,
}

/// A resource type.
#[derive(Clone, Debug)]
pub(crate) struct TypeRow {
    pub(crate) name: Text,
    /// In [`Rows::arns`].
    pub(crate) arns: Part,
    /// In [`Rows::lists`].
    pub(crate) keys: Part,
}

/// A resource type of an action.
#[derive(Clone, Debug)]
pub(crate) struct UseRow {
    /// In [`Rows::types`].
    pub(crate) resource_type: u16,
    pub(crate) is_required: bool,
    /// In [`Rows::lists`].
    pub(crate) keys: Part,
}

/// Resource types that go together.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioRow {
    pub(crate) name: Text,
    /// In [`Rows::uses`].
    pub(crate) uses: Part,
}

/// An action.
#[derive(Clone, Debug)]
pub(crate) struct ActionRow {
    pub(crate) name: Text,
    pub(crate) level: AccessLevel,
    /// In [`Rows::lists`].
    pub(crate) keys: Part,
    /// In [`Rows::uses`].
    pub(crate) uses: Part,
    /// In [`Rows::dependents`].
    pub(crate) dependents: Part,
    /// In [`Rows::scenarios`].
    pub(crate) scenarios: Part,
}

/// The facts of a service. Keys, types and actions are sorted by name, letter case aside.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) text: Box<str>,
    pub(crate) prefix: Text,
    pub(crate) name: Text,
    pub(crate) has_rcp: bool,
    pub(crate) keys: Vec<KeyRow>,
    /// The numbers of the keys that are families.
    pub(crate) families: Vec<u16>,
    pub(crate) arns: Vec<ArnForm>,
    pub(crate) types: Vec<TypeRow>,
    pub(crate) uses: Vec<UseRow>,
    pub(crate) actions: Vec<ActionRow>,
    pub(crate) dependents: Vec<Text>,
    pub(crate) scenarios: Vec<ScenarioRow>,
    /// Numbers of keys, one list behind the other.
    pub(crate) lists: Vec<u16>,
}

impl Rows {
    /// The text of a part.
    pub(crate) fn str(&self, text: Text) -> &str {
        self.text.get(text.start as usize..text.end as usize).unwrap_or("")
    }

    /// A part of a vector of these rows.
    pub(crate) fn part<T>(vector: &[T], part: Part) -> &[T] {
        vector.get(part.range()).unwrap_or(&[])
    }
}
