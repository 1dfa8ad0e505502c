//! The policies as they are written, with what was found about each statement beside it.

use super::evidence::code_line;
use super::words::{safe, sentence};
use crate::review::{Annotation, AnnotationKind, Line, Review, ReviewedPolicy, ReviewedStatement};
use maud::{Markup, html};

/// How many policies are printed; a page of thousands is read by nobody and opens nowhere.
const PRINTED: usize = 100;

/// The section.
pub(super) fn section(review: &Review) -> Markup {
    if review.policies.is_empty() {
        return html! {};
    }
    // Those with notes are what a reader came for.
    let (noted, plain): (Vec<&ReviewedPolicy>, Vec<&ReviewedPolicy>) =
        review.policies.iter().partition(|policy| has_notes(policy));
    let ordered: Vec<&ReviewedPolicy> = noted.into_iter().chain(plain).collect();
    let (printed, named) = ordered.split_at(ordered.len().min(PRINTED));
    html! {
        section #policies aria-labelledby="policies-title" {
            h2 #policies-title { "Policies" }
            @if let Some(coverage) = &review.coverage {
                p.lead {
                    "The cases of suites exercise " (coverage.covered) " of " (coverage.statements) " statements"
                    @if coverage.uncovered.is_empty() { "." } @else { "; what they leave out is marked." }
                }
                @if !coverage.uncovered.is_empty() {
                    details {
                        summary { "What no case exercises" }
                        ul.spots { @for uncovered in &coverage.uncovered {
                            li {
                                (safe(&uncovered.spot.path)) ":" (uncovered.spot.line) " " (sentence(&uncovered.statement))
                                @if !uncovered.elements.is_empty() { ": " (safe(&uncovered.elements.join(", "))) }
                            }
                        } }
                    }
                }
            }
            @for policy in printed { (card(policy)) }
            @if !named.is_empty() {
                p { (named.len()) " more policies are not printed here; the JSON of this review has them." }
            }
        }
    }
}

fn has_notes(policy: &ReviewedPolicy) -> bool {
    policy.statements.iter().any(|statement| !statement.notes.is_empty())
}

fn card(policy: &ReviewedPolicy) -> Markup {
    html! {
        article.card id=(policy.id) {
            details open[has_notes(policy)] {
                summary { h3 { (safe(&policy.name)) } }
                p.file {
                    (policy.policy_type) " policy, "
                    @if policy.statements.len() == 1 { "1 statement" } @else { (policy.statements.len()) " statements" }
                    @if !policy.hangs_on.is_empty() { ", on " (sentence(&policy.hangs_on.join(", "))) }
                }
                @for block in blocks(policy) {
                    div.block {
                        div.code { @for line in block.lines { (code_line(line)) } }
                        @if block.statements.iter().any(|statement| !statement.notes.is_empty()) {
                            ul.margin { @for statement in &block.statements { @for note in &statement.notes { (margin(statement, note)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn margin(statement: &ReviewedStatement, note: &Annotation) -> Markup {
    let (class, kind) = match note.kind {
        AnnotationKind::Finding => ("open", "finding"),
        AnnotationKind::Decides => ("bad", "decides"),
        AnnotationKind::Misses => ("calm", "misses"),
        AnnotationKind::NotExercised => ("calm", "not exercised"),
    };
    html! {
        li.(class) {
            span.file { "statement " (statement.number) ", " (kind) } br;
            @match &note.refers_to {
                Some(id) => { a href={ "#" (id) } { (sentence(&note.text)) } }
                None => { (sentence(&note.text)) }
            }
        }
    }
}

/// Lines that belong together, and the statements on them.
struct Block<'r> {
    lines: &'r [Line],
    statements: Vec<&'r ReviewedStatement>,
}

/// The lines of a policy cut at its statements; statements that share a line stay together.
fn blocks(policy: &ReviewedPolicy) -> Vec<Block<'_>> {
    let first = policy.lines.first().map_or(1, |line| line.number);
    let index = |number: usize| number.saturating_sub(first).min(policy.lines.len());
    let mut blocks: Vec<(usize, usize, Vec<&ReviewedStatement>)> = Vec::new();
    for statement in &policy.statements {
        let (start, end) = (index(statement.first_line), index(statement.last_line + 1));
        match blocks.last_mut() {
            Some((_, last, statements)) if start < *last => {
                *last = end.max(*last);
                statements.push(statement);
            }
            _ => blocks.push((start, end, vec![statement])),
        }
    }
    let mut whole = Vec::new();
    let mut at = 0;
    for (start, end, statements) in blocks {
        whole.push(Block { lines: policy.lines.get(at..start).unwrap_or_default(), statements: Vec::new() });
        whole.push(Block { lines: policy.lines.get(start..end).unwrap_or_default(), statements });
        at = end;
    }
    whole.push(Block { lines: policy.lines.get(at..).unwrap_or_default(), statements: Vec::new() });
    whole.retain(|block| !block.lines.is_empty());
    whole
}
