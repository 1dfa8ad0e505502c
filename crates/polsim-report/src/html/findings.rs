//! Findings of the linter, by severity; those that say the same are one card with all their places.

use super::evidence;
use super::words::{capitalized, safe, sentence, severity};
use crate::review::{FindingGroup, Review};
use maud::{Markup, html};

/// How many places are shown before the rest unfolds.
const SHOWN: usize = 5;

/// The section.
pub(super) fn section(review: &Review) -> Markup {
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title { "Findings" }
            @if review.findings.is_empty() { p.lead { "The linter has nothing to say." } }
            @for group in &review.findings { (card(group)) }
        }
    }
}

fn card(group: &FindingGroup) -> Markup {
    let rest = group.spots.get(SHOWN..).unwrap_or_default();
    html! {
        article.card id=(group.id) {
            h3 { (severity(&group.severity)) " " (sentence(&capitalized(&group.sentence))) }
            p.file {
                (group.code) " " (group.rule) ", confidence " (group.confidence)
                @if group.spots.len() > 1 { ", " (group.spots.len()) " places" }
            }
            @if !group.witness.is_empty() {
                p { "This request shows it:" }
                (evidence::table(&group.witness))
            }
            @for snippet in &group.snippets { (evidence::lines(snippet)) }
            @if group.spots.len() > 1 {
                ul.spots { @for spot in group.spots.iter().take(SHOWN) { li { (safe(&spot.path)) ":" (spot.line) } } }
                @if !rest.is_empty() {
                    details {
                        summary { (rest.len()) " more" }
                        ul.spots { @for spot in rest { li { (safe(&spot.path)) ":" (spot.line) } } }
                    }
                }
            }
            @if let Some(help) = &group.help {
                p.help { (sentence(&capitalized(help))) }
            }
            @if let Some(fix) = &group.fix {
                p.note {
                    @if fix.is_safe { "The fix is proved to change no decision." }
                    @else { "The fix changes what the policy does; look at it before it is made." }
                }
            }
        }
    }
}
