//! What a state is a list of.

/// A place of a pattern, numbered among the places of all patterns of an automaton. Half as wide as a pointer, because
/// a search keeps very many.
pub(super) type Place = u32;
