//! What is known about places of forbidden patterns covering places of required ones: each pair is asked once.

use super::place::Place;

/// A table with a row for each place of a required pattern, made when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    wanted_end: Place,
    width: usize,
    rows: Vec<Box<[Known]>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Nothing,
    Covers,
    CoversNot,
}

impl Coverage {
    /// For required places below `wanted_end` and forbidden ones from there on.
    pub(super) fn new(wanted_end: Place, end: Place) -> Self {
        Self { wanted_end, width: (end - wanted_end) as usize, rows: Vec::new() }
    }

    /// Whether the forbidden place `wide` covers the required place `narrow`; `find_out` is asked if that is new.
    pub(super) fn covers(&mut self, wide: Place, narrow: Place, find_out: impl FnOnce() -> bool) -> bool {
        let row = narrow as usize;
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Box::default());
        }
        let Some(row) = self.rows.get_mut(row) else { return find_out() };
        if row.is_empty() {
            *row = vec![Known::Nothing; self.width].into();
        }
        let Some(known) = row.get_mut((wide - self.wanted_end) as usize) else { return find_out() };
        if *known == Known::Nothing {
            *known = if find_out() { Known::Covers } else { Known::CoversNot };
        }
        *known == Known::Covers
    }
}
