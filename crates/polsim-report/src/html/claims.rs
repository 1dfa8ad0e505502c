//! Claims with their answers: those that stand in the way first, open; those that hold as a list that unfolds.

use super::words::{badge, capitalized, safe, sentence};
use super::{evidence, picture};
use crate::CaseOutcome;
use crate::review::{Answered, Review};
use maud::{Markup, html};

/// The section.
pub(super) fn section(review: &Review) -> Markup {
    if review.claims.is_empty() {
        return html! {};
    }
    let (calm, pressing): (Vec<&Answered>, Vec<&Answered>) = review
        .claims
        .iter()
        .partition(|claim| matches!(claim.outcome, CaseOutcome::Holds | CaseOutcome::Skipped));
    html! {
        section #claims aria-labelledby="claims-title" {
            h2 #claims-title { "Claims" }
            p.lead { "Each claim is about every request that it describes, not about samples of them." }
            (summary(&review.claims))
            @for claim in pressing { (card(claim, true)) }
            @for claim in calm { (card(claim, false)) }
        }
    }
}

fn summary(claims: &[Answered]) -> Markup {
    html! {
        table.list {
            caption { "All claims" }
            thead { tr { th scope="col" { "Outcome" } th scope="col" { "Claim" } th scope="col" { "Suite" } } }
            tbody { @for claim in claims {
                tr {
                    td { (badge(claim.outcome)) }
                    td { a href={ "#" (claim.id) } { (sentence(&claim.name)) } }
                    td.file { (safe(&claim.suite)) }
                }
            } }
        }
    }
}

fn card(claim: &Answered, is_pressing: bool) -> Markup {
    let body = html! {
        @if claim.sentence != claim.name { p { (sentence(&capitalized(&claim.sentence))) "." } }
        @if let Some(reason) = &claim.reason { p.reason { (sentence(reason)) } }
        @if let Some(spot) = &claim.spot { p.file { "stated in " (safe(&spot.path)) ":" (spot.line) } }
        @if !claim.tags.is_empty() { p.file { "tags: " (safe(&claim.tags.join(", "))) } }
        @if let Some(passage) = &claim.passage { (picture::passage(&claim.id, passage)) }
        @for piece in &claim.evidence { (evidence::one(piece)) }
        @for note in &claim.notes { p.note { (sentence(&capitalized(note))) } }
        @if !claim.assumptions.is_empty() {
            p.note {
                "Needs the assumption"
                @if claim.assumptions.len() > 1 { "s" }
                @for id in &claim.assumptions { " " a href={ "#assumption-" (id) } { (id) } }
                "."
            }
        }
    };
    let head = html! { h3 { (badge(claim.outcome)) " " (sentence(&claim.name)) } };
    html! {
        article.card id=(claim.id) {
            @if is_pressing { (head) (body) }
            @else { details { summary { (head) } (body) } }
        }
    }
}
