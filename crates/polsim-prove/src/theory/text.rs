//! Atoms on a coordinate that always holds one text.

use super::{Coordinates, Literal};
use polsim_arn::TextSet;
use polsim_eval::Operand;

/// The texts of which all literals hold.
pub(super) fn set_of(theory: &Coordinates<'_, '_>, literals: &[Literal]) -> TextSet {
    let mut set = TextSet::all();
    for (atom, holds) in literals {
        let Some(atom) = theory.atoms.get(*atom) else { continue };
        // An open operand is settled before the search; see `Coordinates::open`.
        let Operand::Closed(operand) = &atom.test.operand else { continue };
        let texts = operand.as_texts().unwrap_or_else(TextSet::none);
        set = set.and(&if *holds { texts } else { texts.not() });
    }
    set
}
