//! Findings about what a template or a plan does not tell yet.
//!
//! Such a statement is written as widely as the true one may be. What is odd about that is our writing and not the author's.

use polsim_lint::{Found, Text};
use polsim_policy::{Later, Statement};
use polsim_text::Span;

/// Whether a finding is about something that is known only later.
pub(super) fn is_of_later(found: &Found, text: &Text) -> bool {
    let places = std::iter::once(&found.finding.place).chain(&found.finding.further);
    let own: Vec<Span> =
        places.filter(|place| place.source.is(&text.source)).map(|place| place.span).collect();
    let mut statements = text.documents.iter().flat_map(|document| &document.policy.statements);
    let is_unsure = statements
        .any(|statement| applies_perhaps(statement) && own.iter().any(|span| statement.span.contains(*span)));
    is_unsure || own.iter().any(|span| text.source.slice(*span).contains("polsim:"))
}

fn applies_perhaps(statement: &Statement) -> bool {
    let blocks = statement.condition.blocks.iter();
    let mut keys = blocks.flat_map(|block| &block.keys);
    keys.any(|key| matches!(Later::of(&key.key.value), Some(Later::Perhaps(_))))
}
