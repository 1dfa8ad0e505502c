//! Reports as people read them. The only file that knows miette, which draws the snippets.

use crate::entry::{Entry, Level, Place};
use crate::excerpt::{CONTEXT, Excerpt, Mark};
use crate::harmless::harmless;
use crate::layout;
use crate::report::{Conclusion, Exit, Report, Verb};
use anstyle::{AnsiColor, Style};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    Severity, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt::{self, Write as _};

/// What the reader's terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its columns.
    pub width: usize,
    /// Whether there is colour.
    pub colour: Colour,
    /// What lines are drawn with.
    pub drawing: Drawing,
}

/// Whether there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The sixteen colours of every terminal.
    Ansi,
    /// None.
    None,
}

/// What lines are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The lines and marks of Unicode.
    Unicode,
    /// ASCII.
    Ascii,
}

/// Draws a report; ends with a line feed.
#[must_use]
pub fn draw(report: &Report, look: &Look) -> String {
    let mut parts: Vec<String> = report.entries.iter().map(|entry| draw_entry(entry, look)).collect();
    let headline = draw_headline(report, look);
    // Many entries scroll the top away; the summary of a list stands under it.
    if matches!(report.verb, Verb::Validate | Verb::Lint) {
        parts.push(headline);
    } else {
        parts.insert(0, headline);
    }
    if !report.notes.is_empty() {
        let notes = report.notes.iter().map(|note| {
            let mark = look.paint("note:", AnsiColor::Cyan);
            layout::paragraph("note: ", &harmless(note), look.width).replacen("note:", &mark, 1)
        });
        parts.push(notes.collect::<Vec<_>>().join("\n") + "\n");
    }
    parts.join("\n")
}

fn draw_headline(report: &Report, look: &Look) -> String {
    let word = format!("{}:", report.conclusion.words());
    let text = layout::paragraph(&format!("{word} "), &harmless(&report.headline), look.width);
    let colour = match (report.exit, report.conclusion) {
        (Exit::BadInput | Exit::Fails, _)
        | (_, Conclusion::ExplicitlyDenied | Conclusion::ImplicitlyDenied) => AnsiColor::Red,
        (Exit::Undecided, _) => AnsiColor::Yellow,
        (Exit::Holds, Conclusion::Found) => AnsiColor::Yellow,
        (Exit::Holds, _) => AnsiColor::Green,
    };
    text.replacen(&word, &look.paint(&word, colour), 1) + "\n"
}

fn draw_entry(entry: &Entry, look: &Look) -> String {
    let mark = entry.finding.as_ref().map_or(look.mark(entry.level), |finding| finding.severity.as_str());
    let mark = match (entry.code, entry.level) {
        (Some(code), Level::Error | Level::Warning | Level::Advice) => format!("{mark}[{code}]:"),
        (None, Level::Error | Level::Warning | Level::Advice) => format!("{mark}:"),
        _ => mark.to_owned(),
    };
    let sentence = layout::paragraph(&format!("{mark} "), &harmless(&entry.sentence), look.width);
    let mut text = sentence.replacen(&mark, &look.paint(&mark, colour_of(entry.level)), 1);
    text.push('\n');
    let rows: Vec<_> = entry.rows.iter().map(harmless_row).collect();
    text.push_str(&layout::table(&rows, look.width));
    let mut rest: Vec<&Place> = entry.places.iter().collect();
    while let Some(first) = rest.first().copied() {
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|place| place.shares_text_with(first));
        text.push_str(&draw_snippet(&here, entry.level, look));
        rest = elsewhere;
    }
    if let Some(help) = &entry.help {
        let clause = entry.clause.map(|clause| format!(" ({clause})")).unwrap_or_default();
        let help = layout::paragraph("  help: ", &format!("{}{clause}", harmless(help)), look.width);
        text.push_str(&help.replacen("help:", &look.paint("help:", AnsiColor::Cyan), 1));
        text.push('\n');
    } else if let Some(clause) = entry.clause {
        text.push_str("  see ");
        text.push_str(clause);
        text.push('\n');
    }
    text
}

fn harmless_row(row: &crate::Row) -> crate::Row {
    crate::Row {
        key: harmless(&row.key).into_owned(),
        value: harmless(&row.value).into_owned(),
        note: row.note.as_deref().map(|note| harmless(note).into_owned()),
    }
}

fn colour_of(level: Level) -> AnsiColor {
    match level {
        Level::Error | Level::Denies => AnsiColor::Red,
        Level::Warning => AnsiColor::Yellow,
        Level::Allows => AnsiColor::Green,
        Level::Advice | Level::Fact => AnsiColor::Cyan,
    }
}

fn draw_snippet(places: &[&Place], level: Level, look: &Look) -> String {
    let ellipsis = if look.drawing == Drawing::Unicode { "…" } else { "..." };
    let Some(mut excerpt) = Excerpt::of(places, ellipsis, look.width) else {
        return String::new();
    };
    let digits = excerpt.lines.last().map_or(1, |line| (line.number + 1).to_string().len());
    for mark in &mut excerpt.marks {
        fold_label(mark, look.width.saturating_sub(digits + 8));
    }
    excerpt.name = harmless(&excerpt.name).into_owned();
    let mut drawn = String::new();
    let handler = GraphicalReportHandler::new_themed(look.theme(level))
        .with_context_lines(CONTEXT)
        .with_width(look.width)
        .with_urls(false)
        .without_syntax_highlighting();
    // Writing to a string does not fail, and the excerpt answers for every place that it names.
    if handler.render_report(&mut drawn, &Snippet(excerpt)).is_err() {
        return String::new();
    }
    // The first line is for a message, which is drawn here with its evidence.
    drawn.split_once('\n').map_or(String::new(), |(_, snippet)| snippet.to_owned())
}

/// Breaks a label so that it fits to the right of its stem.
fn fold_label(mark: &mut Mark, width: usize) {
    const NARROWEST: usize = 18;
    let room = width.saturating_sub(mark.middle).max(NARROWEST);
    if let Some(label) = &mut mark.label {
        *label = layout::paragraph("", &harmless(label), room);
    }
}

impl Look {
    pub(crate) fn paint(&self, text: &str, colour: AnsiColor) -> String {
        match self.colour {
            Colour::None => text.to_owned(),
            Colour::Ansi => {
                let style = Style::new().bold().fg_color(Some(colour.into()));
                format!("{style}{text}{style:#}")
            }
        }
    }

    fn mark(&self, level: Level) -> &'static str {
        match (level, self.drawing) {
            (Level::Error, _) => "error",
            (Level::Warning, _) => "warning",
            (Level::Advice, _) => "advice",
            (Level::Denies, Drawing::Unicode) => "×",
            (Level::Denies, Drawing::Ascii) => "x",
            (Level::Allows, Drawing::Unicode) => "✓",
            (Level::Allows, Drawing::Ascii) => "+",
            (Level::Fact, Drawing::Unicode) => "•",
            (Level::Fact, Drawing::Ascii) => "*",
        }
    }

    fn theme(&self, level: Level) -> GraphicalTheme {
        let mut styles = match self.colour {
            Colour::Ansi => ThemeStyles::ansi(),
            Colour::None => ThemeStyles::none(),
        };
        if self.colour == Colour::Ansi {
            let [_, _, green] = styles.highlights.as_slice() else {
                return GraphicalTheme::none();
            };
            let main = match level {
                Level::Error | Level::Denies => styles.error,
                Level::Warning => styles.warning,
                Level::Allows => *green,
                Level::Advice | Level::Fact => styles.advice,
            };
            styles.highlights = vec![main];
            styles.link = styles.linum;
        }
        let characters = match self.drawing {
            Drawing::Unicode => ThemeCharacters::unicode(),
            Drawing::Ascii => ThemeCharacters::ascii(),
        };
        GraphicalTheme { characters, styles }
    }
}

/// An excerpt as miette wants it.
#[derive(Debug)]
struct Snippet(Excerpt);

impl fmt::Display for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('-')
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.0)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.0.marks.iter().map(|mark| {
            let span = (mark.range.start, mark.range.len());
            if mark.primary {
                LabeledSpan::new_primary_with_span(mark.label.clone(), span)
            } else {
                LabeledSpan::new_with_span(mark.label.clone(), span)
            }
        })))
    }
}

impl SourceCode for Excerpt {
    /// The lines around a span that follow one another in the whole text; asked without neighbours, the line of its start.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let index = self.line_index(span.offset());
        let last = self.line_index(span.offset() + span.len().saturating_sub(1));
        let lines = self.block(index);
        // Frames are joined only within such a block.
        if last >= lines.end {
            return Err(MietteError::OutOfBounds);
        }
        let (first, last) = if before + after == 0 { (index, index) } else { (lines.start, lines.end - 1) };
        let start = self.lines.get(first).ok_or(MietteError::OutOfBounds)?;
        let end = self.lines.get(last + 1).map_or(self.text.len(), |line| line.start);
        let data = self.text.get(start.start..end).ok_or(MietteError::OutOfBounds)?;
        // Asked without neighbours, miette wants to know the place of the span for its heading.
        let column = if before == 0 && after == 0 {
            let mark = self.marks.iter().find(|mark| mark.range.start == span.offset());
            mark.map_or(0, |mark| mark.column)
        } else {
            0
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (start.start, data.len()).into(),
            start.number,
            column,
            last + 1 - first,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_text::{Source, Span};

    const LOOKS: [(Colour, Drawing); 2] = [(Colour::Ansi, Drawing::Unicode), (Colour::None, Drawing::Ascii)];

    fn drawn(places: Vec<Place>, look: &Look) -> String {
        let mut report = Report::new(Verb::Check, Conclusion::Refuted, "so it is", Exit::Fails);
        report.entries.push(Entry { places, ..Entry::new(Level::Denies, "this one") });
        draw(&report, look)
    }

    #[test]
    fn no_place_in_no_text_at_no_width_is_too_much() {
        let long = format!("{{\"漢字\": \"{}\"}}", "ł\t".repeat(90));
        for text in ["", "\n", "a", "\r\n\r\n", "{\n\t\"ł\": 1,\r\n\u{1b}[0m}\n", &long] {
            let source = Source::new("a\u{7}.json", text);
            let last = text.len() + 2;
            for (start, end) in (0..=last).flat_map(|start| [0, 1, 2, last].map(|more| (start, start + more)))
            {
                for (width, (colour, drawing)) in [0, 24, 80].into_iter().flat_map(|w| LOOKS.map(|l| (w, l)))
                {
                    let here = Place::primary(&source, Span::new(start, end)).saying("a label of some words");
                    let there = Place::other(&source, Span::new(end, last)).saying("ł");
                    let text = drawn(vec![here, there], &Look { width, colour, drawing });
                    assert!(text.contains("a␇.json"), "{start}..{end} at {width}: {text}");
                }
            }
        }
    }

    #[test]
    fn places_of_two_texts_are_two_frames() {
        let places = ["one", "two"].map(|text| Place::primary(&Source::new(text, text), Span::new(0, 3)));
        let look = Look { width: 80, colour: Colour::None, drawing: Drawing::Ascii };
        let text = drawn(places.to_vec(), &look);
        assert!(text.contains("[one:1:1]") && text.contains("[two:1:1]"), "{text}");
    }

    #[test]
    fn the_place_in_the_heading_is_that_of_the_whole_text() {
        let line = format!("{{\"a\": \"{}\", \"Effect\": \"Deny\"}}", "x".repeat(300));
        let at = line.find("\"Deny\"").unwrap();
        let source = Source::new("a.json", format!("\n\n{line}\n"));
        let look = Look { width: 60, colour: Colour::None, drawing: Drawing::Unicode };
        let text = drawn(vec![Place::primary(&source, Span::new(at + 2, at + 8))], &look);
        assert!(text.contains(&format!("[a.json:3:{}]", at + 1)), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    }
}
