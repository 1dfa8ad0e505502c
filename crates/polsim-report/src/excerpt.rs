//! The lines of a text that places are on, made to fit: long lines are cut around the places, so that a policy of
//! one line of 20,000 characters is as readable as any, and characters that a terminal obeys are replaced.

use crate::entry::Place;
use crate::harmless::harmless_char;
use std::collections::BTreeSet;
use std::ops::Range;
use textwrap::core::display_width;

/// How many lines are shown around a place.
pub(crate) const CONTEXT: usize = 1;

/// How many lines between places are shown rather than left out: a frame costs as many.
const SMALL_GAP: usize = 4;

/// The fewest columns that a line is cut to; below that nothing can be shown.
const NARROWEST: usize = 16;

/// Some lines of a text, cut to a width.
#[derive(Debug)]
pub(crate) struct Excerpt {
    /// The name of the text.
    pub(crate) name: String,
    /// The lines, each with its line feed.
    pub(crate) text: String,
    /// Where each line begins in `text`, and its number in the whole text, from zero.
    pub(crate) lines: Vec<Line>,
    /// The places, in the order of the text.
    pub(crate) marks: Vec<Mark>,
}

/// A line of an excerpt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number in the whole text, from zero.
    pub(crate) number: usize,
    /// Where it begins in the excerpt.
    pub(crate) start: usize,
}

/// A place in an excerpt; it stays on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its bytes in the excerpt.
    pub(crate) range: Range<usize>,
    /// The column of its first character in the whole text, from zero.
    pub(crate) column: usize,
    /// The columns from the start of the shown line to the middle of the mark.
    pub(crate) middle: usize,
    /// What is there.
    pub(crate) label: Option<String>,
    /// Whether it is what the entry is about.
    pub(crate) primary: bool,
}

impl Excerpt {
    /// The lines of the places, which all lie in one text, in a number of columns.
    pub(crate) fn of(places: &[&Place], ellipsis: &str, width: usize) -> Option<Self> {
        let source = &places.first()?.source;
        let text = source.text();
        let starts = line_starts(text);
        let mut wanted = BTreeSet::new();
        let mut on_lines: Vec<(usize, Range<usize>, &Place)> = Vec::new();
        for place in places {
            let start = floor_boundary(text, place.span.start());
            let number = starts.partition_point(|at| *at <= start).saturating_sub(1);
            let line = line_at(text, &starts, number);
            let end = floor_boundary(text, place.span.end()).min(line.end).max(start.min(line.end));
            let visible = text.get(start.min(line.end)..end).unwrap_or("").trim_end().len();
            on_lines.push((number, start.min(line.end)..start.min(line.end) + visible, place));
            // What follows the last line feed is no line, unless a place is there.
            let last = starts.len() - if text.ends_with('\n') { 2 } else { 1 };
            wanted.extend(number.saturating_sub(CONTEXT)..=(number + CONTEXT).min(last.max(number)));
        }
        fill_gaps(&mut wanted);
        on_lines.sort_by_key(|(_, range, _)| (range.start, range.end));
        let digits = (wanted.last()? + 1).to_string().len();
        // What the frame takes: blank, number, blank, bar, blank.
        let width = width.saturating_sub(digits + 4).max(NARROWEST);
        let mut excerpt = Self {
            name: source.name().to_owned(),
            text: String::new(),
            lines: Vec::new(),
            marks: Vec::new(),
        };
        for number in wanted {
            let range = line_at(text, &starts, number);
            let marked: Vec<_> = on_lines.iter().filter(|(on, ..)| *on == number).collect();
            let ranges: Vec<Range<usize>> =
                marked.iter().map(|(_, mark, _)| mark.start - range.start..mark.end - range.start).collect();
            let line = text.get(range).unwrap_or("");
            let (shown, moved) = fit(line, &ranges, ellipsis, width);
            let start = excerpt.text.len();
            for (((_, _, place), original), moved) in marked.iter().zip(&ranges).zip(moved) {
                let column = line.get(..original.start).unwrap_or("").chars().count();
                let before = columns(shown.get(..moved.start).unwrap_or(""));
                let under = columns(shown.get(moved.clone()).unwrap_or(""));
                excerpt.marks.push(Mark {
                    range: start + moved.start..start + moved.end,
                    column,
                    middle: before + under / 2,
                    label: place.label.clone(),
                    primary: place.primary,
                });
            }
            excerpt.lines.push(Line { number, start });
            excerpt.text.push_str(&shown);
            excerpt.text.push('\n');
        }
        Some(excerpt)
    }

    /// The indexes of the lines that follow one another in the whole text around a line.
    pub(crate) fn block(&self, index: usize) -> Range<usize> {
        let follows =
            |at: usize| match (at.checked_sub(1).and_then(|at| self.lines.get(at)), self.lines.get(at)) {
                (Some(before), Some(line)) => line.number == before.number + 1,
                _ => false,
            };
        let mut block = index..index + 1;
        while follows(block.start) {
            block.start -= 1;
        }
        while follows(block.end) {
            block.end += 1;
        }
        block
    }

    /// The index of the line that a byte of the excerpt is on.
    pub(crate) fn line_index(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }
}

fn fill_gaps(wanted: &mut BTreeSet<usize>) {
    let numbers: Vec<usize> = wanted.iter().copied().collect();
    for pair in numbers.windows(2) {
        if let [before, after] = pair
            && after - before <= SMALL_GAP + 1
        {
            wanted.extend(before + 1..*after);
        }
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(feeds.map(|(at, _)| at + 1)).collect()
}

/// The bytes of a line without its line feed.
fn line_at(text: &str, starts: &[usize], number: usize) -> Range<usize> {
    let start = starts.get(number).copied().unwrap_or(text.len());
    let end = starts.get(number + 1).map_or(text.len(), |next| next - 1);
    let line = text.get(start..end).unwrap_or("");
    start..start + line.strip_suffix('\r').unwrap_or(line).len()
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The columns that a text takes, with tabs as four blanks, as they are drawn.
fn columns(text: &str) -> usize {
    display_width(text) + 4 * text.bytes().filter(|byte| *byte == b'\t').count()
}

/// A line cut to a number of columns so that all ranges can be seen, and where the ranges are then. A range that is
/// wider than that loses its middle.
fn fit(line: &str, ranges: &[Range<usize>], ellipsis: &str, width: usize) -> (String, Vec<Range<usize>>) {
    let parts = if columns(line) <= width {
        std::iter::once(0..line.len()).collect()
    } else {
        kept_parts(line, ranges, width)
    };
    let mut shown = String::new();
    // From where in the line to where in what is shown, in ascending order.
    let mut moves = Vec::new();
    let mut at = 0;
    for part in parts {
        if part.start > at {
            moves.push((at, shown.len()));
            shown.push_str(ellipsis);
        }
        for (index, c) in line.get(part.clone()).unwrap_or("").char_indices() {
            moves.push((part.start + index, shown.len()));
            shown.push(harmless_char(c));
        }
        at = part.end;
    }
    moves.push((at, shown.len()));
    if at < line.len() {
        shown.push_str(ellipsis);
    }
    let moved = |offset: usize| {
        let after = moves.partition_point(|(from, _)| *from <= offset);
        moves.get(after.saturating_sub(1)).map_or(0, |(_, to)| *to)
    };
    let ranges = ranges.iter().map(|range| moved(range.start)..moved(range.end)).collect();
    (shown, ranges)
}

/// Which parts of a line that is too long are shown.
fn kept_parts(line: &str, ranges: &[Range<usize>], width: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let share = (width / ranges.len().max(1)).max(NARROWEST / 2);
    for range in ranges {
        let length = columns(line.get(range.clone()).unwrap_or(""));
        if length > share {
            let half = share / 2;
            parts.push(range.start..forward(line, range.start, half));
            parts.push(backward(line, range.end, half)..range.end);
        } else {
            let margin = (share - length) / 2;
            parts.push(backward(line, range.start, margin)..forward(line, range.end, margin));
        }
    }
    if parts.is_empty() {
        parts.push(0..forward(line, 0, width.saturating_sub(3)));
    }
    parts.sort_by_key(|part| part.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            // A gap as short as an ellipsis is no gap.
            Some(last) if part.start <= last.end + 3 => last.end = last.end.max(part.end),
            _ => joined.push(part),
        }
    }
    joined
}

/// The offset some columns after another.
fn forward(line: &str, from: usize, count: usize) -> usize {
    let rest = line.get(from..).unwrap_or("");
    rest.char_indices().nth(count).map_or(line.len(), |(at, _)| from + at)
}

/// The offset some columns before another.
fn backward(line: &str, from: usize, count: usize) -> usize {
    let before = line.get(..from).unwrap_or("");
    match count.checked_sub(1) {
        None => from,
        Some(last) => before.char_indices().rev().nth(last).map_or(0, |(at, _)| at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_text::{Source, Span};

    fn excerpt(text: &str, spans: &[(usize, usize)], width: usize) -> Excerpt {
        let source = Source::new("a.json", text);
        let places: Vec<Place> =
            spans.iter().map(|(start, end)| Place::primary(&source, Span::new(*start, *end))).collect();
        Excerpt::of(&places.iter().collect::<Vec<_>>(), "…", width).unwrap()
    }

    fn marked(excerpt: &Excerpt) -> Vec<&str> {
        excerpt.marks.iter().map(|mark| excerpt.text.get(mark.range.clone()).unwrap()).collect()
    }

    #[test]
    fn a_place_comes_with_its_neighbours() {
        let excerpt = excerpt("one\ntwo\nthree\nfour\n", &[(4, 7)], 80);
        assert_eq!(excerpt.text, "one\ntwo\nthree\n");
        assert_eq!(marked(&excerpt), ["two"]);
        assert_eq!(excerpt.lines[0], Line { number: 0, start: 0 });
    }

    #[test]
    fn lines_between_far_places_are_left_out() {
        let text: String = (0..100).map(|n| format!("line {n}\n")).collect();
        let last = text.find("line 90").unwrap();
        let excerpt = excerpt(&text, &[(last, last + 4), (0, 4)], 80);
        assert_eq!(excerpt.text, "line 0\nline 1\nline 89\nline 90\nline 91\n");
        let numbers: Vec<_> = excerpt.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [0, 1, 89, 90, 91]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_places() {
        let text = format!("{}NEEDLE{}", "x".repeat(5000), "y".repeat(5000));
        let excerpt = excerpt(&text, &[(5000, 5006)], 40);
        assert_eq!(marked(&excerpt), ["NEEDLE"]);
        assert!(excerpt.text.len() < 60, "{}", excerpt.text);
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with("…\n"));
        assert_eq!(excerpt.marks[0].column, 5000);
    }

    #[test]
    fn a_place_that_is_too_wide_loses_its_middle() {
        let text = format!("START{}END", "x".repeat(500));
        let excerpt = excerpt(&text, &[(0, text.len())], 40);
        let shown = marked(&excerpt)[0].to_owned();
        assert!(
            shown.starts_with("START") && shown.ends_with("END") && shown.chars().count() <= 40,
            "{shown}"
        );
    }

    #[test]
    fn a_place_over_several_lines_is_its_first_line() {
        assert_eq!(marked(&excerpt("{\n  1\n}", &[(0, 7)], 80)), ["{"]);
    }

    #[test]
    fn places_off_the_text_and_inside_characters_are_moved() {
        assert_eq!(marked(&excerpt("łł", &[(1, 3), (90, 95)], 80)), ["ł", ""]);
        assert_eq!(marked(&excerpt("", &[(0, 0)], 80)), [""]);
        assert_eq!(marked(&excerpt("a\r\nb", &[(1, 4)], 80)), [""]);
    }

    #[test]
    fn what_a_terminal_obeys_is_replaced_and_places_stay_right() {
        let text = "\u{1b}[2J\u{1b}[1;1H \"Effect\"";
        let at = text.find('"').unwrap();
        let excerpt = excerpt(text, &[(at, text.len())], 80);
        assert_eq!(marked(&excerpt), ["\"Effect\""]);
        assert!(!excerpt.text.contains('\u{1b}'));
    }
}
