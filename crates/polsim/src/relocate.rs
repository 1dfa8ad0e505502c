//! Entries about a policy that stands in another file, told at their places in that file.

use polsim_report::Entry;
use polsim_text::Embedded;

/// The entry with its places in the file that people know.
pub(crate) fn relocated(mut entry: Entry, text: &Embedded) -> Entry {
    for place in &mut entry.places {
        if place.source.is(text.text()) {
            place.span = text.in_host(place.span);
            place.source = text.host().clone();
        }
    }
    entry
}
