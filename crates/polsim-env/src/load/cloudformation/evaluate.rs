//! What a part of a template says once its functions are resolved, as far as they can be.
//!
//! What is not told is a hole with a name. A function that does not exist, and a reference to nothing, are problems: CloudFormation
//! would refuse the template.

use super::arn;
use super::template::{Resource, Template};
use crate::load::later::{Hole, Kind, Nature, Piece, Value, joined};
use crate::load::{Diagnosis, near};
use polsim_text::Span;
use polsim_text::json::{Node, NodeKind};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// All functions that a template may call.
const FUNCTIONS: [&str; 21] = [
    "Fn::And",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::Equals",
    "Fn::FindInMap",
    "Fn::ForEach",
    "Fn::GetAZs",
    "Fn::GetAtt",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Length",
    "Fn::Not",
    "Fn::Or",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::ToJsonString",
    "Fn::Transform",
    "Fn::GetStackOutput",
    "Ref",
];

/// How deeply conditions may name one another.
const DEEPEST_CONDITION: usize = 32;

/// How many parts of a template are resolved, however often it refers to them.
const MOST_STEPS: usize = 1_000_000;

/// How many references may lead to a name.
const DEEPEST_REFERENCE: usize = 4;

pub(super) const NOT_GIVEN: &str = "no value is given for the parameter";
const MADE_LATER: &str = "it is known only when the stack is made";
const NOT_EVALUATED: &str = "the function is not evaluated";
pub(super) const CONDITION: &str = "the condition depends on what is not known";

/// Resolves functions of one template.
pub(super) struct Evaluator<'t> {
    template: &'t Template<'t>,
    problems: RefCell<Vec<(Diagnosis, Span)>>,
    /// The references that were found to lead nowhere, so that each is told once.
    told: RefCell<BTreeSet<Span>>,
    /// How many references are being followed: a name may be made of itself.
    depth: Cell<usize>,
    /// How many parts may still be resolved.
    steps: Cell<usize>,
}

impl<'t> Evaluator<'t> {
    pub(super) fn new(template: &'t Template<'t>) -> Self {
        Self {
            template,
            problems: RefCell::default(),
            told: RefCell::default(),
            depth: Cell::new(0),
            steps: Cell::new(MOST_STEPS),
        }
    }

    /// What is wrong with what was resolved.
    pub(super) fn problems(self) -> Vec<(Diagnosis, Span)> {
        self.problems.into_inner()
    }

    fn problem(&self, diagnosis: Diagnosis, span: Span) {
        if self.told.borrow_mut().insert(span) {
            self.problems.borrow_mut().push((diagnosis, span));
        }
    }

    /// What a node says.
    pub(super) fn value(&self, node: &Node) -> Value {
        let Some(left) = self.steps.get().checked_sub(1) else {
            return Value::unknown(
                node.span,
                Hole::text(label("template", node.span), "the template is too involved"),
            );
        };
        self.steps.set(left);
        match &node.kind {
            NodeKind::Object(members) => {
                if let [only] = members.as_slice()
                    && (is_function(&only.key.value))
                {
                    return self.call(&only.key.value, &only.value, only.key.span, node.span);
                }
                let mut known = Vec::with_capacity(members.len());
                for member in members {
                    if member.key.value.starts_with("Fn::ForEach::") {
                        return Value::unknown(node.span, Hole::text(&member.key.value, NOT_EVALUATED));
                    }
                    known.push((member.key.clone(), self.value(&member.value)));
                }
                known.retain(|(_, value)| !is_no_value(value));
                Value::new(node.span, Kind::Map(known))
            }
            NodeKind::Array(items) => {
                let items = items.iter().map(|item| self.value(item)).filter(|value| !is_no_value(value));
                Value::new(node.span, Kind::List(items.collect()))
            }
            NodeKind::String(text) => Value::new(node.span, Kind::Text(dynamic_references(text))),
            _ => Value::of(node),
        }
    }

    fn call(&self, name: &str, argument: &Node, key: Span, span: Span) -> Value {
        let not_evaluated = || Value::unknown(span, Hole::text(label(name, span), NOT_EVALUATED));
        let odd = |wanted: &'static str| {
            let found = argument.kind_name();
            self.problem(Diagnosis::Argument { function: name.to_owned(), wanted, found }, argument.span);
            not_evaluated()
        };
        match name {
            "Ref" => match argument.as_str() {
                Some(target) => self.reference(target, argument.span, span),
                None => odd("a name"),
            },
            "Fn::GetAtt" => match self.attribute_parts(argument) {
                Some((resource, attribute)) => self.attribute(&resource, &attribute, argument.span, span),
                None => odd("`[resource, attribute]`"),
            },
            "Fn::Sub" => self
                .substitute(argument, span)
                .unwrap_or_else(|| odd("a text, or a list of a text and an object")),
            "Fn::Join" => {
                self.join(argument, span).unwrap_or_else(|| odd("a list of a separator and a list"))
            }
            "Fn::Split" => {
                self.split(argument, span).unwrap_or_else(|| odd("a list of a separator and a text"))
            }
            "Fn::Select" => {
                self.select(argument, span).unwrap_or_else(|| odd("a list of an index and a list"))
            }
            "Fn::FindInMap" => {
                self.find_in_map(argument, span).unwrap_or_else(|| odd("a list of three names"))
            }
            "Fn::If" => match argument.items() {
                Some([condition, then, other]) => {
                    match condition.as_str().map(|name| self.condition(name, condition.span, 0)) {
                        Some(Some(true)) => self.value(then),
                        Some(Some(false)) => self.value(other),
                        Some(None) => {
                            let name = format!("If {}", condition.as_str().unwrap_or_default());
                            // Both are read, for what is wrong with them.
                            let _ = (self.value(then), self.value(other));
                            Value::unknown(span, Hole::text(name, CONDITION))
                        }
                        None => odd("a list of the name of a condition and two values"),
                    }
                }
                _ => odd("a list of the name of a condition and two values"),
            },
            "Fn::ImportValue" => {
                let what = self.value(argument).as_text().unwrap_or_else(|| label(name, span));
                let hole = Hole::text(format!("ImportValue {what}"), "another stack exports it");
                Value::hole(span, hole)
            }
            "Condition" => not_evaluated(),
            _ if FUNCTIONS.contains(&name) => not_evaluated(),
            _ => {
                let near = near::nearest(name, FUNCTIONS);
                self.problem(Diagnosis::UnknownFunction { name: name.to_owned(), near }, key);
                not_evaluated()
            }
        }
    }

    /// What `Ref` gives.
    fn reference(&self, name: &str, place: Span, span: Span) -> Value {
        if let Some(value) = self.pseudo_parameter(name, span) {
            return value;
        }
        if let Some(parameter) = self.template.parameters.get(name) {
            return match (&parameter.value, parameter.is_list) {
                (Some(text), false) => Value::literal(span, text),
                (Some(text), true) => {
                    let items = text.split(',').map(|item| Value::literal(span, item.trim()));
                    Value::new(span, Kind::List(items.collect()))
                }
                (None, false) => Value::hole(span, Hole::text(name, NOT_GIVEN)),
                (None, true) => Value::unknown(span, Hole::text(name, NOT_GIVEN)),
            };
        }
        if let Some(resource) = self.template.resources.get(name) {
            if let Some(pieces) = self.followed(|| arn::of_reference(self, name, resource)) {
                return Value::new(span, Kind::Text(pieces));
            }
            // What a resource that somebody else makes is called is up to them.
            let hole =
                if is_open(resource) { Hole::text(name, MADE_LATER) } else { Hole::name(name, MADE_LATER) };
            return Value::hole(span, hole);
        }
        // The role that SAM makes for a function can be named.
        let function = name.strip_suffix("Role").and_then(|name| self.template.resources.get(name));
        if function.is_some_and(Resource::has_own_role) {
            return Value::hole(span, Hole::name(name, MADE_LATER));
        }
        let known = self.template.names();
        let near = near::nearest(name, known.iter().map(String::as_str));
        self.problem(Diagnosis::UnknownReference { name: name.to_owned(), near }, place);
        Value::unknown(span, Hole::text(name, MADE_LATER))
    }

    /// What a reference leads to, unless it leads on and on.
    fn followed(&self, follow: impl FnOnce() -> Option<Vec<Piece>>) -> Option<Vec<Piece>> {
        if self.depth.get() >= DEEPEST_REFERENCE {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let found = follow();
        self.depth.set(self.depth.get() - 1);
        found
    }

    /// A name that every template knows.
    fn pseudo_parameter(&self, name: &str, span: Span) -> Option<Value> {
        let given = || self.template.given(name);
        let value = match name {
            "AWS::NoValue" => Value::new(span, Kind::Null),
            "AWS::Partition" => Value::literal(span, given().unwrap_or("aws")),
            "AWS::URLSuffix" => Value::literal(span, given().unwrap_or("amazonaws.com")),
            "AWS::AccountId" | "AWS::Region" | "AWS::StackName" => match given() {
                Some(text) => Value::literal(span, text),
                None => Value::hole(span, Hole::name(name, NOT_GIVEN)),
            },
            "AWS::StackId" => match given() {
                Some(text) => Value::literal(span, text),
                None => Value::hole(span, Hole::text(name, MADE_LATER)),
            },
            "AWS::NotificationARNs" => Value::unknown(span, Hole::text(name, MADE_LATER)),
            _ => return None,
        };
        Some(value)
    }

    fn attribute_parts(&self, argument: &Node) -> Option<(String, String)> {
        if let Some(text) = argument.as_str() {
            let (resource, attribute) = text.split_once('.')?;
            return Some((resource.to_owned(), attribute.to_owned()));
        }
        let [resource, attribute] = argument.items()? else { return None };
        Some((resource.as_str()?.to_owned(), self.value(attribute).as_text()?))
    }

    /// What `Fn::GetAtt` gives.
    fn attribute(&self, name: &str, attribute: &str, place: Span, span: Span) -> Value {
        let Some(resource) = self.template.resources.get(name) else {
            let near = near::nearest(name, self.template.resources.keys().map(String::as_str));
            self.problem(Diagnosis::UnknownReference { name: name.to_owned(), near }, place);
            return Value::unknown(span, Hole::text(format!("{name}.{attribute}"), MADE_LATER));
        };
        if attribute.ends_with("Arn")
            && let Some(pieces) = self.followed(|| arn::of_attribute(self, name, resource, attribute))
        {
            return Value::new(span, Kind::Text(pieces));
        }
        let is_any_text = is_open(resource) || attribute.ends_with("Arn") || attribute == "Value";
        let nature = if is_any_text { Nature::Text } else { Nature::Name };
        Value::hole(span, Hole { name: format!("{name}.{attribute}"), because: MADE_LATER, nature })
    }

    fn substitute(&self, argument: &Node, span: Span) -> Option<Value> {
        let (text, own, place) = match &argument.kind {
            NodeKind::String(text) => (text.as_str(), None, argument.span),
            NodeKind::Array(items) => {
                let [text, own] = items.as_slice() else { return None };
                (text.as_str()?, Some(own), text.span)
            }
            _ => return None,
        };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("${") {
            pieces.extend(dynamic_references(before));
            let Some((name, after)) = behind.split_once('}') else {
                pieces.push(Piece::Literal("${".to_owned()));
                rest = behind;
                continue;
            };
            rest = after;
            if let Some(literal) = name.strip_prefix('!') {
                pieces.push(Piece::Literal(format!("${{{literal}}}")));
                continue;
            }
            let name = name.trim();
            let value = match own.and_then(|own| own.get(name)) {
                Some(node) => self.value(node),
                None => match name.split_once('.') {
                    Some((resource, attribute)) => self.attribute(resource, attribute, place, span),
                    None => self.reference(name, place, span),
                },
            };
            match value.pieces() {
                Some(inner) => pieces.extend(inner),
                None => pieces.push(Piece::Hole(Hole::text(name, NOT_EVALUATED))),
            }
        }
        pieces.extend(dynamic_references(rest));
        Some(Value::new(span, Kind::Text(joined(pieces))))
    }

    fn join(&self, argument: &Node, span: Span) -> Option<Value> {
        let [separator, list] = argument.items()? else { return None };
        let separator = separator.as_str()?;
        let list = self.value(list);
        let Kind::List(items) = &list.kind else {
            let hole = list.first_hole()?.clone();
            return Some(Value::hole(span, Hole { nature: Nature::Text, ..hole }));
        };
        let mut pieces = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                pieces.push(Piece::Literal(separator.to_owned()));
            }
            pieces.extend(item.pieces()?);
        }
        Some(Value::new(span, Kind::Text(joined(pieces))))
    }

    fn split(&self, argument: &Node, span: Span) -> Option<Value> {
        let [separator, text] = argument.items()? else { return None };
        let separator = separator.as_str().filter(|separator| !separator.is_empty())?;
        let text = self.value(text);
        match (text.as_text(), text.first_hole()) {
            (Some(text), _) => {
                let parts = text.split(separator).map(|part| Value::literal(span, part));
                Some(Value::new(span, Kind::List(parts.collect())))
            }
            (None, Some(hole)) => Some(Value::unknown(span, hole.clone())),
            (None, None) => None,
        }
    }

    fn select(&self, argument: &Node, span: Span) -> Option<Value> {
        let [index, list] = argument.items()? else { return None };
        let (index, list) = (self.value(index), self.value(list));
        let known = index.as_text().map(|text| text.parse::<usize>());
        match (known, &list.kind) {
            (Some(Ok(index)), Kind::List(items)) => Some(items.get(index)?.clone().at(span)),
            (Some(Err(_)), _) => None,
            _ => {
                let hole = index.first_hole().or_else(|| list.first_hole())?;
                Some(Value::unknown(span, hole.clone()))
            }
        }
    }

    fn find_in_map(&self, argument: &Node, span: Span) -> Option<Value> {
        let (names, more) = argument.items()?.split_at_checked(3)?;
        let names: Vec<Value> = names.iter().map(|name| self.value(name)).collect();
        let texts: Option<Vec<String>> = names.iter().map(Value::as_text).collect();
        let Some(texts) = texts else {
            let hole = names.iter().find_map(Value::first_hole)?;
            return Some(Value::unknown(span, hole.clone()));
        };
        let mut found = self.template.mappings;
        for text in &texts {
            found = found.and_then(|node| node.get(text));
        }
        if let Some(node) = found {
            return Some(Value::of(node).at(span));
        }
        let default = more.first().and_then(|options| options.get("DefaultValue"));
        Some(default.map_or_else(
            || {
                Value::unknown(
                    span,
                    Hole::text(format!("FindInMap {}", texts.join(".")), "no mapping has it"),
                )
            },
            |node| self.value(node),
        ))
    }

    /// Whether a condition holds; `None` when that depends on what is not known.
    pub(super) fn condition(&self, name: &str, place: Span, depth: usize) -> Option<bool> {
        let Some(node) = self.template.conditions.and_then(|conditions| conditions.get(name)) else {
            let known = self.template.conditions.and_then(Node::members).unwrap_or_default();
            let near = near::nearest(name, known.iter().map(|member| member.key.value.as_str()));
            self.problem(Diagnosis::UnknownReference { name: name.to_owned(), near }, place);
            return None;
        };
        self.truth(node, depth)
    }

    fn truth(&self, node: &Node, depth: usize) -> Option<bool> {
        if depth > DEEPEST_CONDITION {
            return None;
        }
        if let Some(name) = node.get("Condition") {
            return self.condition(name.as_str()?, name.span, depth + 1);
        }
        let inner = |node: &Node| self.truth(node, depth + 1);
        if let Some(pair) = node.get("Fn::Equals").and_then(Node::items) {
            let [left, right] = pair else { return None };
            return Some(self.value(left).as_text()? == self.value(right).as_text()?);
        }
        if let Some(negated) = node.get("Fn::Not").and_then(Node::items) {
            return inner(negated.first()?).map(|truth| !truth);
        }
        for (name, decisive) in [("Fn::And", false), ("Fn::Or", true)] {
            if let Some(parts) = node.get(name).and_then(Node::items) {
                let truths: Vec<Option<bool>> = parts.iter().map(inner).collect();
                return if truths.contains(&Some(decisive)) {
                    Some(decisive)
                } else if truths.contains(&None) {
                    None
                } else {
                    Some(!decisive)
                };
            }
        }
        None
    }
}

impl arn::Resolve for Evaluator<'_> {
    fn value(&self, node: &Node) -> Value {
        Evaluator::value(self, node)
    }

    fn pseudo(&self, name: &str) -> Vec<Piece> {
        self.pseudo_parameter(name, Span::at(0)).and_then(|value| value.pieces()).unwrap_or_default()
    }
}

/// Whether what a resource is called and has is up to somebody else: a nested stack, a custom resource.
fn is_open(resource: &Resource<'_>) -> bool {
    resource.kind.starts_with("AWS::CloudFormation::") || resource.kind.starts_with("Custom::")
}

fn is_function(name: &str) -> bool {
    name == "Ref" || name == "Condition" || name.starts_with("Fn::") && !name.starts_with("Fn::ForEach::")
}

/// What `AWS::NoValue` leaves behind.
fn is_no_value(value: &Value) -> bool {
    matches!(value.kind, Kind::Null)
}

/// A name for what a function gives at a place.
fn label(name: &str, span: Span) -> String {
    format!("{name}@{}", span.start())
}

/// A text in which `{{resolve:…}}` is filled in when the stack is made.
fn dynamic_references(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{resolve:") {
        let Some((reference, after)) = behind.split_once("}}") else { break };
        pieces.push(Piece::Literal(before.to_owned()));
        pieces.push(Piece::Hole(Hole::text(
            format!("resolve:{reference}"),
            "it is looked up when the stack is made",
        )));
        rest = after;
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    pieces.retain(|piece| !matches!(piece, Piece::Literal(text) if text.is_empty()));
    pieces
}
