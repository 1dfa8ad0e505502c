//! Text to trees. `serde_json` checks the whole of a text first and is the judge of what is JSON; then one pass over what
//! it let through makes the tree.
//!
//! A newcomer would doubt the second pass: it has no errors to report, because there are none left, and so no grammar of
//! its own worth the name. Reading stops at the first syntax error.

use super::classify::{Follows, classify};
use super::error::{JsonError, JsonErrorKind};
use super::node::{Member, Node, NodeKind};
use crate::{Limits, Source, Span, Spanned};
use serde_json::value::RawValue;

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
                let mut builder = Builder { text, at: place_of(raw.get(), text), errors: Vec::new() };
                parsed.documents.push(builder.node());
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

/// Where a part of a text begins in it.
fn place_of(part: &str, text: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Makes the tree of a text that is known to be JSON.
struct Builder<'t> {
    text: &'t str,
    at: usize,
    errors: Vec<JsonError>,
}

impl<'t> Builder<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space, nor a comma or colon, which say nothing in a text that is right.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | b':') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// The value that begins here.
    fn node(&mut self) -> Node {
        let first = self.next();
        let start = self.at;
        let kind = match first {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => {
                let raw = self.raw_string();
                NodeKind::String(self.string(raw))
            }
            _ => self.word(),
        };
        Node { span: Span::new(start, self.at), kind }
    }

    fn object(&mut self) -> NodeKind {
        let mut members = Vec::new();
        self.at += 1;
        while self.next() == Some(b'"') {
            let start = self.at;
            let raw = self.raw_string();
            let key = Spanned::new(self.string(raw), Span::new(start, self.at));
            members.push(Member { key, value: self.node() });
        }
        self.at += 1;
        NodeKind::Object(members)
    }

    fn array(&mut self) -> NodeKind {
        let mut items = Vec::new();
        self.at += 1;
        while self.next().is_some_and(|byte| byte != b']') {
            items.push(self.node());
        }
        self.at += 1;
        NodeKind::Array(items)
    }

    /// A number, a truth value or null.
    fn word(&mut self) -> NodeKind {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        self.at += end;
        match word {
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            "null" => NodeKind::Null,
            number => NodeKind::Number(number.to_owned()),
        }
    }

    /// The string that begins here, quotes included; behind it is where reading goes on.
    fn raw_string(&mut self) -> &'t str {
        let start = self.at;
        let mut rest = self.text.as_bytes().get(start + 1..).unwrap_or_default();
        let mut end = start + 1;
        while let Some(stop) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
            let is_escape = rest.get(stop) == Some(&b'\\');
            let length = stop + 1 + usize::from(is_escape);
            end += length;
            if !is_escape {
                break;
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        self.at = end;
        self.text.get(start..end).unwrap_or("")
    }

    /// The decoded text of a raw string. The scan that found it lets half surrogate pairs pass; the first of a string
    /// is reported, and the string kept with U+FFFD in their place.
    fn string(&mut self, raw: &'t str) -> String {
        let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
        if !inner.contains('\\') {
            return inner.to_owned();
        }
        if let Ok(text) = serde_json::from_str(raw) {
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
                            Span::new(piece.raw.start, piece.raw.end).shifted(place_of(inner, self.text));
                        self.errors.push(JsonError { kind: JsonErrorKind::BadEscape, span, related: None });
                    }
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        text
    }
}
