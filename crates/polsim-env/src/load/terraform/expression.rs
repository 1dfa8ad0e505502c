//! Expressions of Terraform: literals, templates, `jsonencode`, and references to what the same file says.
//!
//! Of other functions, of `for` and of conditions that are not literal nothing is said: what they give is known later.

use super::document;
use crate::load::later::{Hole, Kind, Piece, Value, joined};
use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::template::{Element, Template};
use polsim_text::{Span, Spanned};
use std::cell::Cell;
use std::collections::BTreeMap;

/// How many names may lead to one another.
const DEEPEST: usize = 12;

/// How many expressions are evaluated for one file, however often they refer to one another.
const MOST_STEPS: usize = 1_000_000;

const NOT_EVALUATED: &str = "the expression is not evaluated";
const MADE_LATER: &str = "it is known only after apply";
const NOT_GIVEN: &str = "no value is given for the variable";
const ELSEWHERE: &str = "this file does not say what it is";

/// The named values of a file.
pub(super) struct Names<'b> {
    pub(super) locals: BTreeMap<&'b str, &'b Expression>,
    /// Variables with their defaults, if they have one.
    pub(super) variables: BTreeMap<&'b str, Option<&'b Expression>>,
    /// Resources and data sources by `TYPE.NAME` or `data.TYPE.NAME`.
    pub(super) blocks: BTreeMap<String, &'b Block>,
}

/// Evaluates the expressions of a file.
pub(super) struct Evaluator<'b> {
    names: &'b Names<'b>,
    given: &'b BTreeMap<String, String>,
    depth: Cell<usize>,
    steps: Cell<usize>,
}

impl<'b> Evaluator<'b> {
    pub(super) fn new(names: &'b Names<'b>, given: &'b BTreeMap<String, String>) -> Self {
        Self { names, given, depth: Cell::new(0), steps: Cell::new(MOST_STEPS) }
    }

    /// What an expression says.
    pub(super) fn value(&self, expression: &Expression) -> Value {
        let span = place(expression);
        let Some(left) = self.steps.get().checked_sub(1) else {
            return Value::unknown(span, Hole::text("expression", "the file is too involved"));
        };
        self.steps.set(left);
        let not_evaluated = || Value::unknown(span, Hole::text(self.label(expression, span), NOT_EVALUATED));
        match expression {
            Expression::Null(_) => Value::new(span, Kind::Null),
            Expression::Bool(value) => Value::new(span, Kind::Bool(*value.value())),
            Expression::Number(number) => Value::new(span, Kind::Number(number.value().to_string())),
            Expression::String(text) => Value::literal(span, unescaped(text.as_str())),
            Expression::Array(items) => {
                Value::new(span, Kind::List(items.iter().map(|item| self.value(item)).collect()))
            }
            Expression::Object(object) => {
                let mut members = Vec::new();
                for (key, value) in object.iter() {
                    let Some(name) = self.key(key) else { return not_evaluated() };
                    members.push((name, self.value(value.expr())));
                }
                Value::new(span, Kind::Map(members))
            }
            Expression::StringTemplate(template) => {
                self.template(template.iter(), span).unwrap_or_else(not_evaluated)
            }
            Expression::HeredocTemplate(heredoc) => {
                self.heredoc(&heredoc.template, span).unwrap_or_else(not_evaluated)
            }
            Expression::Parenthesis(inner) => self.value(inner.inner()).at(span),
            Expression::FuncCall(call) if call.name.namespace.is_empty() => {
                let arguments: Vec<&Expression> = call.args.iter().collect();
                match (call.name.name.as_str(), arguments.as_slice()) {
                    ("jsonencode" | "tolist" | "toset" | "tostring", [argument]) => self.value(argument),
                    ("concat", lists) => self.concat(lists, span).unwrap_or_else(not_evaluated),
                    _ => not_evaluated(),
                }
            }
            Expression::Conditional(conditional) => match self.value(&conditional.cond_expr).kind {
                Kind::Bool(true) => self.value(&conditional.true_expr),
                Kind::Bool(false) => self.value(&conditional.false_expr),
                _ => not_evaluated(),
            },
            Expression::Traversal(traversal) => match path(traversal) {
                Some(steps) => self.reference(&steps, span),
                None => not_evaluated(),
            },
            _ => not_evaluated(),
        }
    }

    /// What an expression refers to.
    pub(super) fn references(&self, expression: &Expression) -> Vec<String> {
        match expression {
            Expression::Traversal(traversal) => {
                path(traversal).map(|steps| steps.join(".")).into_iter().collect()
            }
            Expression::Array(items) => items.iter().flat_map(|item| self.references(item)).collect(),
            Expression::Parenthesis(inner) => self.references(inner.inner()),
            _ => Vec::new(),
        }
    }

    /// A name for what an expression at a place gives.
    fn label(&self, expression: &Expression, span: Span) -> String {
        match expression {
            Expression::FuncCall(call) => format!("{}()@{}", call.name.name.as_str(), span.start()),
            _ => format!("expression@{}", span.start()),
        }
    }

    fn key(&self, key: &ObjectKey) -> Option<Spanned<String>> {
        match key {
            ObjectKey::Ident(ident) => {
                let place = ident.span().map_or(Span::at(0), |range| Span::new(range.start, range.end));
                Some(Spanned::new(ident.as_str().to_owned(), place))
            }
            ObjectKey::Expression(Expression::Variable(ident)) => {
                let place = ident.span().map_or(Span::at(0), |range| Span::new(range.start, range.end));
                Some(Spanned::new(ident.as_str().to_owned(), place))
            }
            ObjectKey::Expression(expression) => {
                let value = self.value(expression);
                Some(Spanned::new(value.as_text()?, value.span))
            }
        }
    }

    fn template<'e>(&self, elements: impl Iterator<Item = &'e Element>, span: Span) -> Option<Value> {
        let mut pieces = Vec::new();
        for element in elements {
            match element {
                Element::Literal(text) => pieces.push(Piece::Literal(unescaped(text.as_str()))),
                Element::Interpolation(interpolation) => {
                    let value = self.value(&interpolation.expr);
                    pieces.extend(value.pieces()?);
                }
                Element::Directive(_) => return None,
            }
        }
        Some(Value::new(span, Kind::Text(joined(pieces))))
    }

    fn heredoc(&self, template: &Template, span: Span) -> Option<Value> {
        self.template(template.iter(), span)
    }

    fn concat(&self, lists: &[&Expression], span: Span) -> Option<Value> {
        let mut items = Vec::new();
        for list in lists {
            let value = self.value(list);
            match value.kind {
                Kind::List(inner) => items.extend(inner),
                Kind::Unknown(_) => items.push(value),
                _ => return None,
            }
        }
        Some(Value::new(span, Kind::List(items)))
    }

    /// What a name stands for; a value that is written elsewhere is placed where it is used.
    fn reference(&self, steps: &[String], span: Span) -> Value {
        let name = steps.join(".");
        let later = |because| Value::unknown(span, Hole::text(name.clone(), because));
        if self.depth.get() >= DEEPEST {
            return later("it is made of itself");
        }
        self.depth.set(self.depth.get() + 1);
        let words: Vec<&str> = steps.iter().map(String::as_str).collect();
        let value = match words.as_slice() {
            ["local", local] => self.names.locals.get(local).map(|expression| self.value(expression)),
            ["var", variable] => Some(self.variable(variable, span)),
            ["data", "aws_iam_policy_document", document, "json" | "minified_json"] => {
                self.document(document)
            }
            ["data", kind, _, attribute] => self.well_known(kind, attribute, span),
            [kind, resource, attribute] if kind.contains('_') => {
                self.resource(kind, resource, attribute, span)
            }
            _ => None,
        };
        self.depth.set(self.depth.get() - 1);
        value.map_or_else(|| later(ELSEWHERE), |value| value.at(span))
    }

    fn variable(&self, name: &str, span: Span) -> Value {
        if let Some(given) = self.given.get(name) {
            return Value::literal(span, given);
        }
        match self.names.variables.get(name) {
            Some(Some(default)) => self.value(default),
            _ => Value::unknown(span, Hole::text(format!("var.{name}"), NOT_GIVEN)),
        }
    }

    fn document(&self, name: &str) -> Option<Value> {
        let block = self.names.blocks.get(&format!("data.aws_iam_policy_document.{name}"))?;
        let place = block.span().map_or(Span::at(0), |range| Span::new(range.start, range.end));
        let body = body_value(&block.body, place, self);
        // One of several is another one than each.
        let is_one = attribute(&block.body, "count").or_else(|| attribute(&block.body, "for_each")).is_none();
        is_one.then(|| document::policy(&body))
    }

    /// Data sources about where Terraform runs.
    fn well_known(&self, kind: &str, attribute: &str, span: Span) -> Option<Value> {
        let pseudo = match (kind, attribute) {
            ("aws_caller_identity", "account_id") => "AWS::AccountId",
            ("aws_region", "name" | "id" | "region") => "AWS::Region",
            ("aws_partition", "partition") => return Some(Value::literal(span, "aws")),
            ("aws_partition", "dns_suffix") => return Some(Value::literal(span, "amazonaws.com")),
            _ => return None,
        };
        let given = self.given.get(pseudo).map(|text| Value::literal(span, text));
        Some(given.unwrap_or_else(|| Value::hole(span, Hole::name(pseudo, NOT_GIVEN))))
    }

    fn resource(&self, kind: &str, name: &str, wanted: &str, span: Span) -> Option<Value> {
        let block = self.names.blocks.get(&format!("{kind}.{name}"))?;
        let body = &block.body;
        if attribute(body, "count").or_else(|| attribute(body, "for_each")).is_some() {
            return None;
        }
        if let Some(expression) = attribute(body, wanted) {
            return Some(self.value(expression));
        }
        let hole = |attribute: &str| Hole::name(format!("{kind}.{name}.{attribute}"), MADE_LATER);
        match (kind, wanted) {
            ("aws_s3_bucket", "arn" | "id" | "bucket") => {
                let own = attribute(body, "bucket").and_then(|expression| self.value(expression).pieces());
                let own = own.unwrap_or_else(|| vec![Piece::Hole(hole("bucket"))]);
                let mut pieces = Vec::new();
                if wanted == "arn" {
                    pieces.push(Piece::Literal("arn:aws:s3:::".to_owned()));
                }
                pieces.extend(own);
                Some(Value::new(span, Kind::Text(joined(pieces))))
            }
            (_, "name" | "id") => {
                let named = attribute(body, "name")
                    .filter(|_| kind.starts_with("aws_iam_") && kind != "aws_iam_policy");
                Some(
                    named
                        .map_or_else(|| Value::hole(span, hole(wanted)), |expression| self.value(expression)),
                )
            }
            _ => None,
        }
    }
}

/// The steps of a reference; `None` when one of them is no name and no literal key.
fn path(traversal: &Traversal) -> Option<Vec<String>> {
    let Expression::Variable(first) = &traversal.expr else { return None };
    let mut steps = vec![first.as_str().to_owned()];
    for operator in &traversal.operators {
        match operator.value() {
            TraversalOperator::GetAttr(ident) => steps.push(ident.as_str().to_owned()),
            _ => return None,
        }
    }
    Some(steps)
}

fn place(expression: &Expression) -> Span {
    expression.span().map_or(Span::at(0), |range| Span::new(range.start, range.end))
}

/// `$${` and `%%{` are how a template writes `${` and `%{`.
fn unescaped(text: &str) -> String {
    text.replace("$${", "${").replace("%%{", "%{")
}

/// The expression of an attribute of a body.
pub(super) fn attribute<'b>(body: &'b Body, name: &str) -> Option<&'b Expression> {
    body.iter().find_map(|structure| match structure {
        Structure::Attribute(attribute) if attribute.key.as_str() == name => Some(&attribute.value),
        _ => None,
    })
}

/// Where a block is.
pub(super) fn place_of(block: &Block) -> Span {
    block.span().map_or(Span::at(0), |range| Span::new(range.start, range.end))
}

/// A body as an object: blocks of a kind are lists.
pub(super) fn body_value(body: &Body, span: Span, evaluator: &Evaluator<'_>) -> Value {
    let mut members: Vec<(Spanned<String>, Value)> = Vec::new();
    for structure in body.iter() {
        match structure {
            Structure::Attribute(attribute) => {
                let place = attribute.key.span().map_or(span, |range| Span::new(range.start, range.end));
                let key = Spanned::new(attribute.key.as_str().to_owned(), place);
                members.push((key, evaluator.value(&attribute.value)));
            }
            Structure::Block(block) => {
                let place = place_of(block);
                let is_dynamic = block.ident.as_str() == "dynamic";
                let name = match block.labels.first() {
                    Some(label) if is_dynamic => label.as_str(),
                    _ => block.ident.as_str(),
                };
                let value = if is_dynamic {
                    let hole = Hole::text(format!("dynamic {name}"), "dynamic blocks are not evaluated");
                    Value::unknown(place, hole)
                } else {
                    body_value(&block.body, place, evaluator)
                };
                match members.iter_mut().find(|(key, _)| key.value == name) {
                    Some((_, Value { kind: Kind::List(items), .. })) => items.push(value),
                    _ => {
                        let list = Value::new(place, Kind::List(vec![value]));
                        members.push((Spanned::new(name.to_owned(), place), list));
                    }
                }
            }
        }
    }
    Value::new(span, Kind::Map(members))
}
