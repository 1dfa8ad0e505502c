//! Text to trees, on `serde_json`: a borrowed raw value *is* a span, its pointer minus the text's.
//!
//! A newcomer would doubt the cost: each level of nesting is scanned once more for its children. The cap on the
//! depth bounds that, and in exchange there is no JSON grammar of our own. It stops at the first syntax error.

use super::classify::{Follows, classify};
use super::error::{JsonError, JsonErrorKind};
use super::node::{Member, Node, NodeKind};
use crate::{Limits, Source, Span, Spanned};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The depth at which reading stops whatever the limits say, because building the tree uses the machine's stack.
const DEEPEST: usize = 128;

/// All documents of a text, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The JSON values that stand one after another in the text; those before a syntax error are kept.
    pub documents: Vec<Node>,
    /// What is wrong, in the order of the text.
    pub errors: Vec<JsonError>,
}

/// Reads every JSON value of a text.
#[must_use]
pub fn parse(source: &Source, limits: &Limits) -> Parsed {
    let text = source.text();
    let mut parsed = Parsed::default();
    if text.len() > limits.max_bytes {
        let kind = JsonErrorKind::TooLarge { bytes: text.len(), max: limits.max_bytes };
        parsed.errors.push(JsonError { kind, span: Span::at(0), related: None });
        return parsed;
    }
    let max_depth = limits.max_depth.min(DEEPEST);
    if let Some(at) = too_deep(text, max_depth) {
        let kind = JsonErrorKind::TooDeep { max: max_depth };
        parsed.errors.push(JsonError { kind, span: Span::new(at, at + 1), related: None });
        return parsed;
    }
    let start = match text.strip_prefix('\u{feff}') {
        Some(rest) => {
            let span = Span::new(0, text.len() - rest.len());
            parsed.errors.push(JsonError { kind: JsonErrorKind::ByteOrderMark, span, related: None });
            span.end()
        }
        None => 0,
    };
    read_documents(text, start, &mut parsed);
    parsed.errors.sort_by_key(|error| error.span);
    parsed
}

fn read_documents(text: &str, start: usize, parsed: &mut Parsed) {
    let rest = text.get(start..).unwrap_or("");
    if rest.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
        parsed.errors.push(JsonError {
            kind: JsonErrorKind::Empty,
            span: Span::at(text.len()),
            related: None,
        });
        return;
    }
    let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
    loop {
        let done = start + stream.byte_offset();
        match stream.next() {
            None => return,
            Some(Ok(raw)) => {
                let mut builder = Builder { text, errors: Vec::new() };
                match builder.node(raw) {
                    Ok(node) => parsed.documents.push(node),
                    Err(error) => builder.errors.push(JsonError {
                        kind: JsonErrorKind::Other(without_position(&error)),
                        span: builder.span(raw.get()),
                        related: None,
                    }),
                }
                parsed.errors.append(&mut builder.errors);
            }
            Some(Err(error)) => {
                let at = start + offset_of(rest, &error);
                let follows = if done > start { Follows::Document } else { Follows::Nothing };
                parsed.errors.push(classify(text, done, at, follows, &without_position(&error)));
                return;
            }
        }
    }
}

/// Where the depth first passes `max`: one pass, no recursion, before anything is built.
fn too_deep(text: &str, max: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                if depth > max {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// `serde_json` counts lines from one, and columns in bytes up to and including the offending one.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.len();
    }
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (line_start + error.column().saturating_sub(1)).min(text.len())
}

fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message.get(..end).unwrap_or("").to_owned(),
        None => message,
    }
}

struct Builder<'t> {
    text: &'t str,
    errors: Vec<JsonError>,
}

impl<'t> Builder<'t> {
    fn span(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Span::new(start, start + part.len())
    }

    fn node(&mut self, raw: &'t RawValue) -> Result<Node, serde_json::Error> {
        let text = raw.get();
        let kind = match text.as_bytes().first() {
            Some(b'{') => {
                let members = serde_json::Deserializer::from_str(text).deserialize_map(Members)?;
                let read = |(key, value): (&'t RawValue, &'t RawValue)| {
                    let key = Spanned::new(self.string(key), self.span(key.get()));
                    Ok(Member { key, value: self.node(value)? })
                };
                NodeKind::Object(members.into_iter().map(read).collect::<Result<_, serde_json::Error>>()?)
            }
            Some(b'[') => {
                let items = serde_json::Deserializer::from_str(text).deserialize_seq(Items)?;
                NodeKind::Array(items.into_iter().map(|item| self.node(item)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => NodeKind::String(self.string(raw)),
            Some(b't') => NodeKind::Bool(true),
            Some(b'f') => NodeKind::Bool(false),
            Some(b'n') => NodeKind::Null,
            _ => NodeKind::Number(text.to_owned()),
        };
        Ok(Node { span: self.span(text), kind })
    }

    /// The decoded text of a raw string. The scan that found it lets half surrogate pairs pass; the first of a string
    /// is reported, and the string kept with U+FFFD in their place.
    fn string(&mut self, raw: &'t RawValue) -> String {
        let inner = raw.get().get(1..raw.get().len().saturating_sub(1)).unwrap_or("");
        if !inner.contains('\\') {
            return inner.to_owned();
        }
        if let Ok(text) = serde_json::from_str(raw.get()) {
            return text;
        }
        let mut text = String::with_capacity(inner.len());
        let mut first = true;
        for piece in super::in_string::pieces(inner) {
            match piece.character {
                Some(character) => text.push(character),
                None => {
                    if std::mem::take(&mut first) {
                        let span =
                            Span::new(piece.raw.start, piece.raw.end).shifted(self.span(inner).start());
                        self.errors.push(JsonError { kind: JsonErrorKind::BadEscape, span, related: None });
                    }
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        text
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

struct Items;

impl<'de> Visitor<'de> for Items {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(items)
    }
}
