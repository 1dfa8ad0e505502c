//! What the review rests on: assumptions, notes, versions, files with their hashes.

use super::words::{safe, sentence};
use crate::review::Review;
use maud::{Markup, html};

/// The section.
pub(super) fn section(review: &Review) -> Markup {
    let by = &review.made_by;
    html! {
        section #basis aria-labelledby="basis-title" {
            h2 #basis-title { "What this rests on" }
            @if !review.assumptions.is_empty() {
                h3 { "Assumptions" }
                p { "Facts about real requests that no policy states. Answers use them only where they need them." }
                @for assumed in &review.assumptions {
                    article.card id={ "assumption-" (assumed.id) } {
                        p { strong { (assumed.id) } ": " (sentence(&assumed.meaning)) }
                        p.note { (sentence(&assumed.limits)) " (" (assumed.clause) ")" }
                        p.note { "Needed by" @for id in &assumed.needed_by { " " a href={ "#" (id) } { (id) } } "." }
                    }
                }
            }
            @if !review.notes.is_empty() {
                h3 { "Notes" }
                ul { @for note in &review.notes { li { (sentence(note)) } } }
            }
            h3 { "Versions" }
            table.request {
                tr { th scope="row" { (by.name) } td { (by.version) } }
                tr { th scope="row" { "facts about services" } td { (safe(&by.reference_version)) ", of " (safe(&by.reference_date)) } }
                tr { th scope="row" { "form of this review" } td { (review.schema) } }
            }
            h3 { "Inputs" }
            @if review.inputs.is_empty() { p { "No file was read." } }
            @else { table.list.inputs {
                caption { "Every file that was read, with the SHA-256 of its bytes" }
                thead { tr { th scope="col" { "File" } th scope="col" { "Bytes" } th scope="col" { "SHA-256" } } }
                tbody { @for input in &review.inputs {
                    tr { td.file { (safe(&input.path)) } td { (input.bytes) } td { code { (input.sha256) } } }
                } }
            } }
        }
    }
}
