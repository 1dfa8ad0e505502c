//! YAML texts as trees with places. JSON is YAML too.
//!
//! The one module that knows the YAML library. YAML is read by version 1.2: `no` is a word, only `true` and `false` are
//! truth values. Repeated names stay in the tree, as in [`polsim_text::json`], for whoever reads it to report.

use crate::problem::{Problem, ProblemKind};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Limits, Source, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Error, Location, MessageFormatter, Spanned, UserMessageFormatter};
use std::fmt;

/// How many nodes aliases may add to a text; more is an attack (“billion laughs”).
const MAX_REPEATED: usize = 20_000;

/// How many aliases may stand inside what other aliases stand for: each multiplies the depth of the tree.
const MAX_ALIASES_IN_ALIASES: usize = 4;

/// Reads a text.
///
/// # Errors
/// [`Problem`] when it is no YAML, empty, several documents, or more than the limits let through.
pub fn parse(source: &Source, limits: &Limits) -> Result<Node, Problem> {
    let text = source.text();
    if text.len() > limits.max_bytes {
        let kind = ProblemKind::TooLarge { bytes: text.len(), max: limits.max_bytes };
        return Err(Problem::new(kind, source, Span::at(0)));
    }
    let value: Spanned<Raw> = serde_saphyr::from_str_with_options(text, options(limits))
        .map_err(|error| problem(source, &error))?;
    let node = tree(source, value);
    if node.kind == NodeKind::Null {
        return Err(Problem::new(ProblemKind::Empty, source, Span::at(0)));
    }
    Ok(node)
}

fn options(limits: &Limits) -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_documents: 1,
            max_depth: limits.max_depth,
            max_nodes: usize::MAX,
            max_events: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
            // The total below bounds aliases; a policy used ten times over is no attack.
            enforce_alias_anchor_ratio: false,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MAX_REPEATED,
            max_replay_stack_depth: MAX_ALIASES_IN_ALIASES,
        },
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_saphyr::options::MergeKeyPolicy::Error,
        non_finite_float_policy: serde_saphyr::options::NonFiniteFloatPolicy::AsString,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

fn problem(source: &Source, error: &Error) -> Problem {
    let error = error.without_snippet();
    let message = UserMessageFormatter.format_message(error).into_owned();
    let kind = match error {
        Error::Eof { .. } => ProblemKind::Empty,
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => ProblemKind::TooMuch(message),
        _ => ProblemKind::Syntax(message),
    };
    let span = error.location().map_or(Span::at(source.text().len()), |location| span(source, location));
    Problem::new(kind, source, span)
}

fn span(source: &Source, location: Location) -> Span {
    let end = source.text().len();
    let offset = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok());
    let start = offset(location.span().byte_offset()).unwrap_or(end).min(end);
    let len = offset(location.span().byte_len()).unwrap_or(0);
    Span::new(start, start.saturating_add(len).min(end))
}

/// A value as the YAML reader gives it.
enum Raw {
    Null,
    Bool(bool),
    Number,
    String(String),
    Array(Vec<Spanned<Raw>>),
    Object(Vec<(Spanned<String>, Spanned<Raw>)>),
}

/// The tree of a value. What an alias stands for has its places where it was defined.
fn tree(source: &Source, raw: Spanned<Raw>) -> Node {
    let start = span(source, raw.defined);
    match raw.value {
        Raw::Null => leaf(start, NodeKind::Null),
        Raw::Bool(value) => leaf(start, NodeKind::Bool(value)),
        // The text, because a number loses the zeros that an account begins with.
        Raw::Number => leaf(start, NodeKind::Number(source.slice(start).to_owned())),
        Raw::String(text) => leaf(start, NodeKind::String(text)),
        Raw::Array(items) => {
            let items: Vec<Node> = items.into_iter().map(|item| tree(source, item)).collect();
            let span = around(source, start, items.last().map(|item| item.span));
            Node { span, kind: NodeKind::Array(items) }
        }
        Raw::Object(entries) => {
            let member = |(key, value): (Spanned<String>, Spanned<Raw>)| Member {
                key: polsim_text::Spanned::new(key.value, span(source, key.defined)),
                value: tree(source, value),
            };
            let members: Vec<Member> = entries.into_iter().map(member).collect();
            let last = members.last().map(|member| member.key.span.to(member.value.span));
            Node { span: around(source, start, last), kind: NodeKind::Object(members) }
        }
    }
}

fn leaf(span: Span, kind: NodeKind) -> Node {
    Node { span, kind }
}

/// The place of a list or an object from where it begins to the end of its last part, and the bracket behind it. The
/// YAML reader tells the beginning only.
fn around(source: &Source, start: Span, last: Option<Span>) -> Span {
    let opening = source.text().get(start.start()..).and_then(|text| text.chars().next());
    let closing = match opening {
        Some('[') => ']',
        Some('{') => '}',
        _ => {
            return last.filter(|last| last.end() > start.end()).map_or(start, |last| start.to(last));
        }
    };
    // An alias inside brackets has its places elsewhere, even in front of the bracket.
    let end = last.map_or(start.start() + 1, |last| last.end());
    if end < start.start() {
        return start;
    }
    let rest = source.text().get(end..).unwrap_or("");
    let blank = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    let gap = rest.len() - blank.len();
    let closed = usize::from(blank.starts_with(closing));
    Span::new(start.start(), if closed == 1 { end + gap + 1 } else { end })
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Object(entries))
    }
}
