//! A review as one page of HTML: no script, nothing from the network, readable on a phone, on paper, in the dark, and by
//! those who listen to it.
//!
//! A newcomer would doubt that names from policies are safe here. maud escapes what stands in parentheses, [`safe`]
//! replaces characters that turn or hide text, and the page forbids scripts besides; a property test parses pages of
//! hostile names and finds no element that is not ours.

mod basis;
mod claims;
mod environment;
mod evidence;
mod findings;
mod head;
mod picture;
mod policies;
mod words;

use crate::review::Review;
use maud::{DOCTYPE, Markup, html};
use words::safe;

/// The looks of the page.
pub(crate) const STYLE: &str = include_str!("style.css");

/// What the page may do: show its own style and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A review as a page; ends with a line feed.
#[must_use]
pub fn to_html(review: &Review) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ (review.made_by.name) " " (review.made_by.version) };
                title { (safe(&review.title)) " – " (words::outcome(review.verdict.outcome)) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the verdict" }
                (head::banner(review))
                div.frame {
                    (contents(review))
                    main #main {
                        (head::verdict(review))
                        (problems(review))
                        (claims::section(review))
                        (findings::section(review))
                        (environment::section(review))
                        (policies::section(review))
                        (basis::section(review))
                    }
                }
                (head::colophon(review))
            }
        }
    };
    page.into_string() + "\n"
}

/// The sections that there are.
fn contents(review: &Review) -> Markup {
    let sections = [
        ("verdict", "Verdict", true),
        ("problems", "Unusable input", !review.problems.is_empty()),
        ("claims", "Claims", !review.claims.is_empty()),
        ("findings", "Findings", true),
        ("environment", "Environment", !review.overviews.is_empty()),
        ("policies", "Policies", !review.policies.is_empty()),
        ("basis", "What this rests on", true),
    ];
    html! {
        nav aria-label="Contents" {
            ol {
                @for (id, title, _) in sections.iter().filter(|(.., is_there)| *is_there) {
                    li { a href={ "#" (id) } { (title) } }
                }
            }
        }
    }
}

/// What keeps the review from being complete.
fn problems(review: &Review) -> Markup {
    if review.problems.is_empty() {
        return html! {};
    }
    html! {
        section #problems aria-labelledby="problems-title" {
            h2 #problems-title { "Unusable input" }
            p.lead { "The review is not complete: what follows could not be read or used." }
            @for problem in &review.problems {
                article.card { (evidence::one(problem)) }
            }
        }
    }
}
