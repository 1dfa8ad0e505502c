//! What an answer shows: a sentence, a table, the lines that it speaks of with their marks.

use crate::entry::{Entry, Place};
use crate::excerpt::Excerpt;
use schemars::JsonSchema;
use serde::Serialize;

/// The columns of the lines that are shown; longer ones are cut around their marks.
const WIDTH: usize = 110;

/// Something that supports an answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Evidence {
    /// How it is meant: `error`, `warning`, `advice`, `denies`, `allows`, `fact`.
    pub level: String,
    /// The stable code, such as `SYN006`, where there is one.
    pub code: Option<String>,
    /// What is said.
    pub sentence: String,
    /// A table: the request of a counterexample, say.
    pub rows: Vec<EvidenceRow>,
    /// The lines that it speaks of.
    pub snippets: Vec<Snippet>,
    /// What to do or to know.
    pub help: Option<String>,
    /// The clause of the law behind it.
    pub clause: Option<String>,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EvidenceRow {
    /// What it is the value of.
    pub key: String,
    /// The value.
    pub value: String,
    /// Where it comes from, in a few words.
    pub note: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Spot {
    /// The file.
    pub path: String,
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
}

/// Some lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Snippet {
    /// Where its first mark is.
    pub spot: Spot,
    /// The lines; numbers jump where lines are left out.
    pub lines: Vec<Line>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// Its number, from one.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// What is marked on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A mark on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mark {
    /// The characters of the line's text before it.
    pub start: usize,
    /// The characters up to its end.
    pub end: usize,
    /// What is there.
    pub label: Option<String>,
    /// Whether the sentence is about it first.
    pub primary: bool,
}

impl Evidence {
    /// What an entry says.
    pub(crate) fn of(entry: &Entry) -> Self {
        Self {
            level: entry.level.as_str().to_owned(),
            code: entry.code.map(str::to_owned),
            sentence: entry.sentence.clone(),
            rows: rows(entry),
            snippets: snippets(&entry.places),
            help: entry.help.clone(),
            clause: entry.clause.map(str::to_owned),
        }
    }
}

impl Spot {
    /// Where a place begins.
    pub(crate) fn of(place: &Place) -> Self {
        let at = place.source.position(place.span.start());
        Self { path: place.source.name().to_owned(), line: at.line, column: at.column }
    }
}

/// The table of an entry.
pub(crate) fn rows(entry: &Entry) -> Vec<EvidenceRow> {
    let row = |row: &crate::Row| EvidenceRow {
        key: row.key.clone(),
        value: row.value.clone(),
        note: row.note.clone(),
    };
    entry.rows.iter().map(row).collect()
}

/// The lines of places, a snippet for each text.
pub(crate) fn snippets(places: &[Place]) -> Vec<Snippet> {
    let mut rest: Vec<&Place> = places.iter().collect();
    let mut snippets = Vec::new();
    while let Some(first) = rest.first().copied() {
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|place| place.shares_text_with(first));
        let main = here.iter().find(|place| place.primary).copied().unwrap_or(first);
        snippets.extend(Excerpt::of(&here, "…", WIDTH).map(|excerpt| Snippet::of(&excerpt, main)));
        rest = elsewhere;
    }
    snippets
}

impl Snippet {
    fn of(excerpt: &Excerpt, main: &Place) -> Self {
        let lines = excerpt.lines.iter().enumerate().map(|(at, line)| {
            let end = excerpt.lines.get(at + 1).map_or(excerpt.text.len(), |next| next.start);
            let text = excerpt.text.get(line.start..end).unwrap_or("").trim_end_matches('\n');
            let characters =
                |offset: usize| text.get(..offset.saturating_sub(line.start)).unwrap_or(text).chars().count();
            let marks = excerpt.marks.iter().filter(|mark| {
                (line.start..end).contains(&mark.range.start) && mark.range.start <= mark.range.end
            });
            let marks = marks.map(|mark| Mark {
                start: characters(mark.range.start),
                end: characters(mark.range.end),
                label: mark.label.clone(),
                primary: mark.primary,
            });
            Line { number: line.number + 1, marks: marks.collect(), text: text.to_owned() }
        });
        Self { spot: Spot::of(main), lines: lines.collect() }
    }
}
