//! The data source `aws_iam_policy_document`: its blocks as the policy that it gives.
//!
//! `&{aws:username}` is how Terraform writes `${aws:username}`. Statements of other documents come first, or take the place
//! of those with the same Sid.

use crate::load::later::{Hole, Kind, Piece, Value};
use polsim_text::json;
use polsim_text::{Limits, Source, Span, Spanned};

/// The policy of a document whose blocks are members: a list for each kind of block.
pub(super) fn policy(values: &Value) -> Value {
    let span = values.span;
    if let Kind::Unknown(hole) = &values.kind {
        return Value::unknown(span, hole.clone());
    }
    let mut statements: Vec<Value> = Vec::new();
    for name in ["source_json", "source_policy_documents"] {
        others(values.get(name), &mut statements);
    }
    if let Some(own) = values.get("statement") {
        match &own.kind {
            Kind::Unknown(hole) => statements.push(Value::unknown(own.span, hole.clone())),
            _ => {
                for block in own.one_or_many() {
                    add(statement(block), &mut statements);
                }
            }
        }
    }
    for name in ["override_json", "override_policy_documents"] {
        others(values.get(name), &mut statements);
    }
    let version = values.get("version").cloned().unwrap_or_else(|| Value::literal(span, "2012-10-17"));
    let mut members = vec![("Version", version)];
    if let Some(id) = values.get("policy_id") {
        members.push(("Id", id.clone()));
    }
    members.push(("Statement", Value::new(span, Kind::List(statements))));
    map(span, members)
}

/// Adds a statement; one with the Sid of an earlier one takes its place.
fn add(statement: Value, statements: &mut Vec<Value>) {
    let sid = |value: &Value| value.get("Sid").and_then(Value::as_text).filter(|sid| !sid.is_empty());
    let own = sid(&statement);
    match statements.iter_mut().find(|known| own.is_some() && sid(known) == own) {
        Some(known) => *known = statement,
        None => statements.push(statement),
    }
}

/// The statements of other documents.
fn others(texts: Option<&Value>, statements: &mut Vec<Value>) {
    for text in texts.map(Value::one_or_many).unwrap_or_default() {
        match parsed(text) {
            Some(policy) => {
                for statement in policy.get("Statement").map(Value::one_or_many).unwrap_or_default() {
                    add(statement.clone(), statements);
                }
            }
            None => {
                let hole = text.first_hole().cloned();
                let hole = hole.unwrap_or_else(|| Hole::text("source_policy_documents", "it is no JSON"));
                statements.push(Value::unknown(text.span, hole));
            }
        }
    }
}

/// The tree of a text that is JSON, with its places at the text. Holes in strings stay holes there.
pub(super) fn parsed(text: &Value) -> Option<Value> {
    if let Kind::Map(_) = &text.kind {
        return Some(text.clone());
    }
    let pieces = text.pieces()?;
    let mut holes = Vec::new();
    let mut filled = String::new();
    for piece in pieces {
        match piece {
            // Whoever writes the mark himself loses his text to nobody: it is no hole's number.
            Piece::Literal(part) => filled.push_str(&part.replace(MARK, "")),
            Piece::Hole(hole) => {
                filled.push_str(&format!("{MARK}{}{MARK}", holes.len()));
                holes.push(hole);
            }
        }
    }
    let source = Source::new("text", filled);
    let parsed = json::parse(&source, &Limits::default());
    let [only] = parsed.documents.as_slice() else { return None };
    if !parsed.errors.is_empty() || only.members().is_none() {
        return None;
    }
    refilled(Value::of(only), &holes).map(|value| value.at(text.span))
}

/// What stands around the number of a hole in a text while it is read as JSON.
const MARK: char = '\u{e000}';

fn refilled(value: Value, holes: &[Hole]) -> Option<Value> {
    let kind = match value.kind {
        Kind::Text(pieces) => {
            let text: String = pieces
                .iter()
                .map(|piece| if let Piece::Literal(text) = piece { text.as_str() } else { "" })
                .collect();
            let mut filled = Vec::new();
            for (at, part) in text.split(MARK).enumerate() {
                if at % 2 == 0 {
                    filled.push(Piece::Literal(part.to_owned()));
                } else {
                    filled.push(Piece::Hole(holes.get(part.parse::<usize>().ok()?)?.clone()));
                }
            }
            filled.retain(|piece| !matches!(piece, Piece::Literal(text) if text.is_empty()));
            Kind::Text(filled)
        }
        Kind::List(items) => {
            Kind::List(items.into_iter().map(|item| refilled(item, holes)).collect::<Option<_>>()?)
        }
        Kind::Map(members) => {
            let mut known = Vec::new();
            for (key, value) in members {
                // A hole in a name is no name.
                if key.value.contains(MARK) {
                    return None;
                }
                known.push((key, refilled(value, holes)?));
            }
            Kind::Map(known)
        }
        other => other,
    };
    Some(Value { kind, ..value })
}

/// One block `statement`.
fn statement(block: &Value) -> Value {
    let span = block.span;
    if let Kind::Unknown(hole) = &block.kind {
        return Value::unknown(span, hole.clone());
    }
    let mut members = Vec::new();
    if let Some(sid) = block.get("sid") {
        members.push(("Sid", sid.clone()));
    }
    let effect = block.get("effect").cloned().unwrap_or_else(|| Value::literal(span, "Allow"));
    members.push(("Effect", effect));
    for (name, element) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        if let Some(value) = block.get(name).and_then(principals) {
            members.push((element, value));
        }
    }
    for (name, element) in [
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ] {
        if let Some(value) = block.get(name).filter(|value| !is_empty(value)) {
            members.push((element, with_variables(value.clone())));
        }
    }
    if let Some(value) = block.get("condition").and_then(conditions) {
        members.push(("Condition", value));
    }
    map(span, members)
}

fn is_empty(value: &Value) -> bool {
    matches!(&value.kind, Kind::List(items) if items.is_empty())
}

fn principals(blocks: &Value) -> Option<Value> {
    if let Kind::Unknown(_) = blocks.kind {
        return Some(blocks.clone());
    }
    let mut known: Vec<(Spanned<String>, Value)> = Vec::new();
    for block in blocks.one_or_many() {
        let (Some(kind), Some(identifiers)) = (block.get("type"), block.get("identifiers")) else {
            return block.first_hole().map(|hole| Value::unknown(block.span, hole.clone()));
        };
        let Some(kind_text) = kind.as_text() else {
            return kind.first_hole().map(|hole| Value::unknown(block.span, hole.clone()));
        };
        if kind_text == "*" {
            return Some(Value::literal(block.span, "*"));
        }
        let identifiers = with_variables(identifiers.clone());
        match known.iter_mut().find(|(key, _)| key.value == kind_text) {
            Some((_, Value { kind: Kind::List(list), .. })) => {
                list.extend(identifiers.one_or_many().iter().cloned())
            }
            _ => known.push((Spanned::new(kind_text, kind.span), identifiers)),
        }
    }
    (!known.is_empty()).then(|| Value::new(blocks.span, Kind::Map(known)))
}

/// The members of a map.
type Members = Vec<(Spanned<String>, Value)>;

fn conditions(blocks: &Value) -> Option<Value> {
    if let Kind::Unknown(_) = blocks.kind {
        return Some(blocks.clone());
    }
    let mut operators: Vec<(Spanned<String>, Members)> = Vec::new();
    for block in blocks.one_or_many() {
        let (Some(test), Some(variable)) = (block.get("test"), block.get("variable")) else {
            return block.first_hole().map(|hole| Value::unknown(block.span, hole.clone()));
        };
        let (Some(operator), Some(key)) = (test.as_text(), variable.as_text()) else {
            return block.first_hole().map(|hole| Value::unknown(block.span, hole.clone()));
        };
        let values =
            block.get("values").cloned().unwrap_or_else(|| Value::new(block.span, Kind::List(Vec::new())));
        let (key, values) = (Spanned::new(key, variable.span), with_variables(values));
        let at = match operators.iter().position(|(known, _)| known.value == operator) {
            Some(at) => at,
            None => {
                operators.push((Spanned::new(operator, test.span), Members::new()));
                operators.len() - 1
            }
        };
        let Some((_, keys)) = operators.get_mut(at) else { continue };
        match keys.iter_mut().find(|(known, _)| known.value == key.value) {
            Some((_, Value { kind: Kind::List(list), .. })) => {
                list.extend(values.one_or_many().iter().cloned())
            }
            _ => keys.push((key, values)),
        }
    }
    let operators = operators.into_iter().map(|(operator, keys)| {
        let span = operator.span;
        (operator, Value::new(span, Kind::Map(keys)))
    });
    let operators: Vec<_> = operators.collect();
    (!operators.is_empty()).then(|| Value::new(blocks.span, Kind::Map(operators)))
}

/// The same with `&{…}` as policy variables.
fn with_variables(value: Value) -> Value {
    let kind = match value.kind {
        Kind::Text(pieces) => Kind::Text(
            pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => Piece::Literal(text.replace("&{", "${")),
                    hole @ Piece::Hole(_) => hole,
                })
                .collect(),
        ),
        Kind::List(items) => Kind::List(items.into_iter().map(with_variables).collect()),
        other => other,
    };
    Value { kind, ..value }
}

pub(super) fn map(span: Span, members: Vec<(&str, Value)>) -> Value {
    let members = members.into_iter().map(|(name, value)| (Spanned::new(name.to_owned(), span), value));
    Value::new(span, Kind::Map(members.collect()))
}
