//! The top and the bottom of the page: what it is about, and what came out.

use super::words::{capitalized, outcome, safe, sentence};
use crate::review::{Outcome, Review, VerdictLine};
use maud::{Markup, html};

/// What the page is.
pub(super) fn banner(review: &Review) -> Markup {
    html! {
        header.banner {
            p.kind { "Security review of AWS policies" }
            h1 { (safe(&review.title)) }
            p.meta { time datetime=(safe(&review.date)) { (safe(&review.date)) } }
        }
    }
}

/// What came out.
pub(super) fn verdict(review: &Review) -> Markup {
    let line = &review.verdict;
    let (class, sign) = match line.outcome {
        Outcome::Holds => ("good", "✓"),
        Outcome::Fails => ("bad", "✗"),
        Outcome::Undecided => ("open", "?"),
        Outcome::BadInput => ("bad", "!"),
    };
    html! {
        section #verdict .verdict.(class) aria-labelledby="verdict-title" {
            h2 #verdict-title { span.sign aria-hidden="true" { (sign) } " " (outcome(line.outcome)) }
            p.lead { (sentence(&capitalized(&line.sentence))) "." }
            (counts(line))
        }
    }
}

fn counts(line: &VerdictLine) -> Markup {
    let claims = line.claims;
    let cells = [
        ("claims hold", claims.hold, "good"),
        ("claims fail", claims.fail, "bad"),
        ("claims undecided", claims.undecided, "open"),
        ("claims skipped", claims.skipped, "calm"),
        ("claims unusable", claims.bad_input, "bad"),
    ];
    let has_claims = claims.total() > 0;
    let claims = cells.into_iter().filter(|(_, count, class)| *count > 0 || (has_claims && *class != "calm"));
    let claims = claims.filter(|(title, count, _)| *count > 0 || !title.ends_with("unusable"));
    html! {
        dl.counts {
            @for (title, count, class) in claims.filter(|_| has_claims) {
                div { dt { (title) } dd.(if count > 0 { class } else { "calm" }) { (count) } }
            }
            @for (severity, count) in line.findings.each() {
                @let class = if count == 0 { "calm" } else if severity.as_str() == "medium" { "open" } else if matches!(severity.as_str(), "error" | "high") { "bad" } else { "calm" };
                div { dt { (severity.as_str()) " findings" } dd.(class) { (count) } }
            }
            div { dt { "policies" } dd.calm { (line.policies) } }
            div { dt { "statements" } dd.calm { (line.statements) } }
        }
    }
}

/// What made the page.
pub(super) fn colophon(review: &Review) -> Markup {
    let by = &review.made_by;
    html! {
        footer.colophon {
            p {
                "Made by " (by.name) " " (by.version) " with facts about AWS’s services of " (safe(&by.reference_date))
                ". The page holds no script and asks nothing of the network."
            }
        }
    }
}
