//! Words and marks of the page.

use crate::CaseOutcome;
use crate::harmless::harmless;
use crate::review::Outcome;
use maud::{Markup, html};
use std::borrow::Cow;

/// A text from outside, without what would turn or hide the rest of the line.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    harmless(text)
}

/// A sentence of ours, in which backticks hold names.
pub(super) fn sentence(text: &str) -> Markup {
    let text = safe(text);
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without its partner is one.
    let paired = if parts.len() % 2 == 1 { parts.len() } else { parts.len() - 1 };
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if at >= paired { "`" (part) }
            @else if at % 2 == 1 { code { (part) } }
            @else { (part) }
        }
    }
}

/// A sentence that stands by itself: the first letter large. A name at its beginning stays as it is.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The verdict in a word.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Holds => "Holds",
        Outcome::Fails => "Fails",
        Outcome::Undecided => "Undecided",
        Outcome::BadInput => "Not complete",
    }
}

/// The class, sign and word of how a claim ended; never colour alone.
pub(super) fn badge(outcome: CaseOutcome) -> Markup {
    let (class, sign, word) = match outcome {
        CaseOutcome::Holds => ("good", "✓", "holds"),
        CaseOutcome::Fails => ("bad", "✗", "fails"),
        CaseOutcome::Undecided => ("open", "?", "undecided"),
        CaseOutcome::Skipped => ("calm", "–", "skipped"),
        CaseOutcome::BadInput => ("bad", "!", "bad input"),
    };
    html! { span.badge.(class) { span aria-hidden="true" { (sign) } " " (word) } }
}

/// The same of a severity.
pub(super) fn severity(word: &str) -> Markup {
    let class = match word {
        "error" | "high" => "bad",
        "medium" => "open",
        _ => "calm",
    };
    html! { span.badge.(class) { (word) } }
}
