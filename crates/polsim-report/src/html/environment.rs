//! The environment: who exists, and where policies hang.

use super::picture;
use super::words::safe;
use crate::review::Review;
use maud::{Markup, html};

/// The section.
pub(super) fn section(review: &Review) -> Markup {
    if review.overviews.is_empty() {
        return html! {};
    }
    html! {
        section #environment aria-labelledby="environment-title" {
            h2 #environment-title { "Environment" }
            @for (at, overview) in review.overviews.iter().enumerate() {
                p.lead { "What " code { (safe(&overview.path)) } " describes, from the callers to the resources." }
                (picture::overview(at, overview))
            }
        }
    }
}
