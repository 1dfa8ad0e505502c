//! What a loader is.

use super::{Loaded, Sniffed};

/// Knows one kind of file that policies come from.
pub trait Loader: Sync {
    /// What `--from` calls it.
    fn name(&self) -> &'static str;

    /// What it reads, in a few words for the list of loaders.
    fn about(&self) -> &'static str;

    /// Whether a document is of this kind. This is a cheap look at the top of its tree, or at the text when it has none.
    fn recognizes(&self, document: &Sniffed<'_>) -> bool;

    /// Reads documents of this kind that follow one another in one text.
    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded);
}
