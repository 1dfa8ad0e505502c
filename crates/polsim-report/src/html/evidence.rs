//! Evidence: a sentence, a table, some lines with marks.

use super::words::{capitalized, safe, sentence};
use crate::review::{Evidence, EvidenceRow, Line, Mark, Snippet};
use maud::{Markup, html};

/// One piece.
pub(super) fn one(evidence: &Evidence) -> Markup {
    let (class, sign) = match evidence.level.as_str() {
        "error" => ("bad", "error"),
        "denies" => ("bad", "✗"),
        "warning" => ("open", "warning"),
        "allows" => ("good", "✓"),
        "advice" => ("calm", "advice"),
        _ => ("calm", "•"),
    };
    html! {
        div.evidence {
            p { span.(class) { (sign) @if let Some(code) = &evidence.code { " " (code) } } " " (sentence(&capitalized(&evidence.sentence))) }
            (table(&evidence.rows))
            @for snippet in &evidence.snippets { (lines(snippet)) }
            @if let Some(help) = &evidence.help {
                p.help {
                    (sentence(&capitalized(help)))
                    @if let Some(clause) = &evidence.clause { " (" (clause) ")" }
                }
            }
        }
    }
}

/// A table of what a request is.
pub(super) fn table(rows: &[EvidenceRow]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        table.request {
            @for row in rows {
                tr {
                    th scope="row" { (safe(&row.key)) }
                    td { code { (safe(&row.value)) } @if let Some(note) = &row.note { " " span.note { (safe(note)) } } }
                }
            }
        }
    }
}

/// Some lines of a file, with what is marked on them.
pub(super) fn lines(snippet: &Snippet) -> Markup {
    let spot = &snippet.spot;
    html! {
        figure.snippet {
            figcaption { (safe(&spot.path)) ":" (spot.line) ":" (spot.column) }
            div.code { @for (at, line) in snippet.lines.iter().enumerate() {
                @if at > 0 && snippet.lines.get(at - 1).is_some_and(|before| before.number + 1 != line.number) {
                    div.gap { "⋯" }
                }
                (code_line(line))
                @for label in line.marks.iter().filter_map(|mark| mark.label.as_ref()) {
                    div.label { span aria-hidden="true" { "↑ " } (sentence(label)) }
                }
            } }
        }
    }
}

/// A line with its number.
pub(super) fn code_line(line: &Line) -> Markup {
    html! { div.line { span.n { (line.number) } code { (marked(line)) } } }
}

/// A line with its marks; marks that overlap an earlier one are part of it.
fn marked(line: &Line) -> Markup {
    let characters: Vec<char> = line.text.chars().collect();
    let text =
        |from: usize, to: usize| -> String { characters.get(from..to).unwrap_or_default().iter().collect() };
    let mut at = 0;
    let mut pieces: Vec<(String, Option<&Mark>)> = Vec::new();
    let mut marks: Vec<&Mark> = line.marks.iter().collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    for mark in marks {
        let (start, end) = (mark.start.max(at), mark.end.min(characters.len()));
        if start >= end {
            continue;
        }
        pieces.push((text(at, start), None));
        pieces.push((text(start, end), Some(mark)));
        at = end;
    }
    pieces.push((text(at, characters.len()), None));
    html! {
        @for (piece, mark) in pieces.iter().filter(|(piece, _)| !piece.is_empty()) {
            @match mark {
                Some(mark) if mark.primary => { mark { (safe(piece)) } }
                Some(_) => { mark.second { (safe(piece)) } }
                None => { (safe(piece)) }
            }
        }
    }
}
