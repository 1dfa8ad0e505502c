//! Many texts in one row, so that one span tells the text too.
//!
//! What an environment says comes from its file and from dumps. A span of the environment counts bytes from the
//! beginning of the first text on, through all of them; the first is the environment file, whose spans so stay what
//! they are.

use crate::hang::Place;
use crate::problem::{Problem, ProblemKind};
use polsim_text::{Source, Span};

/// The texts of an environment.
#[derive(Clone, Debug)]
pub struct Atlas {
    /// Each text with where it begins.
    texts: Vec<(usize, Source)>,
}

impl Atlas {
    /// The text that comes first.
    #[must_use]
    pub fn of(main: Source) -> Self {
        Self { texts: vec![(0, main)] }
    }

    /// The text that comes first.
    pub(crate) fn main(&self) -> Option<&Source> {
        self.texts.first().map(|(_, source)| source)
    }

    /// The span of a place; its text is added when it is new.
    pub(crate) fn span(&mut self, place: &Place) -> Span {
        // Most places are in the text that was added last.
        let known = self.texts.iter().rev().find(|(_, source)| source.is(&place.source));
        let begin = match known {
            Some((begin, _)) => *begin,
            None => {
                let begin = self.texts.last().map_or(0, |(begin, last)| begin + last.text().len() + 1);
                self.texts.push((begin, place.source.clone()));
                begin
            }
        };
        place.span.shifted(begin)
    }

    /// The place that a span means.
    pub(crate) fn place(&self, span: Span) -> Option<Place> {
        let behind = self.texts.partition_point(|(begin, _)| *begin <= span.start());
        let (begin, source) = self.texts.get(behind.checked_sub(1)?)?;
        Some(Place { source: source.clone(), span: Span::new(span.start() - begin, span.end() - begin) })
    }

    /// A problem at the place that a span means.
    pub(crate) fn problem(&self, kind: ProblemKind, span: Span) -> Option<Problem> {
        let place = self.place(span)?;
        Some(Problem::new(kind, &place.source, place.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_tells_its_text() {
        let (first, second) = (Source::new("a", "0123"), Source::new("b", "456"));
        let mut atlas = Atlas::of(first.clone());
        let place =
            |source: &Source, start, end| Place { source: source.clone(), span: Span::new(start, end) };
        for (source, start, end) in [(&first, 1, 2), (&second, 0, 3), (&first, 4, 4), (&second, 3, 3)] {
            let span = atlas.span(&place(source, start, end));
            let back = atlas.place(span).unwrap();
            assert_eq!((back.source.name(), back.span), (source.name(), Span::new(start, end)));
        }
        assert_eq!(atlas.span(&place(&first, 1, 2)), Span::new(1, 2));
    }
}
