//! Elements of statements in words, and where they are.

use crate::{Library, Place};
use polsim_eval::{StatementElement, StatementId};
use polsim_policy::{ConditionKey, KeyBlock, Operator, Statement};
use polsim_text::Span;

/// Why a statement does not apply.
pub(super) fn element_words(element: StatementElement) -> &'static str {
    match element {
        StatementElement::Principal => "its Principal names others",
        StatementElement::Action => "its Action names others",
        StatementElement::Resource => "its Resource names others",
        StatementElement::Condition(_) => "its Condition does not hold",
    }
}

/// The place of an element. The first entry of a list shows better what is listed than its bracket does.
pub(super) fn place_of(library: &Library, id: StatementId, element: StatementElement) -> Option<Place> {
    let (text, statement) = library.statement(id)?;
    let span = match element {
        StatementElement::Principal => statement.principal.as_ref()?.span(),
        StatementElement::Action => {
            let first = statement.action.listed().first();
            first.map_or(statement.action.span(), |action| action.span)
        }
        StatementElement::Resource => {
            let resource = statement.resource.as_ref()?;
            resource.listed().first().map_or(resource.span(), |entry| entry.span)
        }
        StatementElement::Condition(at) => key_block(statement, at)?.1,
    };
    Some(Place::primary(&text.source, span))
}

/// Operator, key and block of a condition element.
pub(super) fn condition_of(
    library: &Library,
    id: StatementId,
    element: StatementElement,
) -> Option<(Operator, &ConditionKey, &KeyBlock)> {
    let StatementElement::Condition(at) = element else { return None };
    let (_, statement) = library.statement(id)?;
    let (operator, _, block) = key_block(statement, at)?;
    let block = block?;
    Some((operator, &block.key.value, block))
}

/// A key under an operator by its number among all of them; an operator without keys counts as one.
fn key_block(statement: &Statement, at: usize) -> Option<(Operator, Span, Option<&KeyBlock>)> {
    let blocks = statement.condition.blocks.iter().flat_map(|block| {
        let operator = block.operator.value;
        let keys = block.keys.iter().map(move |key| (operator, key.key.span, Some(key)));
        keys.chain(block.keys.is_empty().then_some((operator, block.operator.span, None)))
    });
    blocks.into_iter().nth(at)
}
