//! The things that an output lists, and whether it lists all of them.
//!
//! A newcomer would doubt that a thing which is named and not listed is unknown: it may be filtered out, or belong to
//! another account. That nothing of a kind is there is said by a whole output only.

use crate::gap::{Gap, Output};
use polsim_env::Place;

/// Something that an output describes.
pub trait Described {
    /// Its id.
    fn id(&self) -> &str;
    /// Its place in the input.
    fn place(&self) -> &Place;
}

/// What the outputs of one command describe.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    output: Output,
    items: Vec<T>,
    is_there: bool,
    cut_off: Option<Place>,
}

impl<T> Listing<T> {
    /// No output yet.
    pub(crate) fn new(output: Output) -> Self {
        Self { output, items: Vec::new(), is_there: false, cut_off: None }
    }

    /// There is an output; with a `NextToken` it is not whole.
    pub(crate) fn note_output(&mut self, next_token: Option<Place>) {
        self.is_there = true;
        if self.cut_off.is_none() {
            self.cut_off = next_token;
        }
    }

    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    pub(crate) fn items_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }

    /// What is listed.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Why there may be more than what is listed.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        match (&self.cut_off, self.is_there) {
            (Some(place), _) => Some(Gap::CutOff(self.output, place.clone())),
            (None, false) => Some(Gap::Missing(self.output)),
            (None, true) => None,
        }
    }
}

impl<T: Described> Listing<T> {
    /// The thing of an id, or why nothing is known of it.
    ///
    /// # Errors
    /// [`Gap`] when it is not listed.
    pub fn find(&self, id: &str) -> Result<&T, Gap> {
        let found = self.items.iter().find(|item| item.id() == id);
        found.ok_or_else(|| self.gap().unwrap_or_else(|| Gap::NotDescribed(self.output, id.to_owned())))
    }
}
