//! YAML texts as trees with places. JSON is YAML too.
//!
//! The one module that knows the YAML library. YAML is read by version 1.2: `no` is a word, only `true` and `false` are
//! truth values. Repeated names stay in the tree, as in [`polsim_text::json`], for whoever reads it to report.

use crate::problem::{Problem, ProblemKind};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Limits, Source, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::granit_parser::ErrorKind;
use serde_saphyr::localizer::ExternalMessageSource;
use serde_saphyr::{Error, Location, MessageFormatter, Spanned, UserMessageFormatter};
use std::borrow::Cow;
use std::fmt;

/// How many nodes aliases may add to a text; more is an attack (“billion laughs”).
const MAX_REPEATED: usize = 10_000;

/// How many bytes of strings aliases may add to a text.
const MAX_REPEATED_BYTES: usize = 1024 * 1024;

/// How many bytes of strings with escapes may stand behind anchors: each alias copies them while it is read.
const MAX_ANCHORED_BYTES: usize = 16 * 1024;

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
    let value: Spanned<Raw<'_>> = serde_saphyr::from_str_with_options(text, options(limits))
        .map_err(|error| problem(source, &error))?;
    let mut grower = Grower { source, bytes_left: text.len() + MAX_REPEATED_BYTES, exceeded_at: None };
    let node = grower.node(value);
    if let Some(span) = grower.exceeded_at {
        let kind = ProblemKind::TooMuch("aliases repeat too much text".to_owned());
        return Err(Problem::new(kind, source, span));
    }
    if node.kind == NodeKind::Null {
        return Err(Problem::new(ProblemKind::Empty, source, Span::at(0)));
    }
    Ok(node)
}

fn options(limits: &Limits) -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: limits.max_depth,
            max_nodes: usize::MAX,
            max_events: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
            max_recorded_anchor_bytes: MAX_ANCHORED_BYTES,
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
    let mut error = error.without_snippet();
    // What is wrong with an alias is wrong with what it stands for.
    while let Error::AliasError { error: inner, .. } = error {
        error = inner.without_snippet();
    }
    let message = UserMessageFormatter.format_message(error).into_owned();
    let kind = match error {
        Error::Eof { .. } => ProblemKind::Empty,
        _ if is_too_much(error) => ProblemKind::TooMuch(message),
        _ => ProblemKind::Syntax(message),
    };
    let span = error.location().map_or(Span::at(source.text().len()), |location| span(source, location));
    Problem::new(kind, source, span)
}

fn is_too_much(error: &Error) -> bool {
    match error {
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => true,
        Error::ExternalMessage { source, .. } => matches!(
            source.as_ref(),
            ExternalMessageSource::Parser(scan) if *scan.kind() == ErrorKind::RecursionLimitExceeded
        ),
        _ => false,
    }
}

fn span(source: &Source, location: Location) -> Span {
    let end = source.text().len();
    let offset = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok());
    let start = offset(location.span().byte_offset()).unwrap_or(end).min(end);
    let len = offset(location.span().byte_len()).unwrap_or(0);
    Span::new(start, start.saturating_add(len).min(end))
}

/// A value as the YAML reader gives it. What is spelt out in the text is borrowed from it, so that aliases copy nothing.
enum Raw<'de> {
    Null,
    Bool(bool),
    Number,
    String(Cow<'de, str>),
    Array(Vec<Spanned<Raw<'de>>>),
    Object(Vec<(Spanned<Raw<'de>>, Spanned<Raw<'de>>)>),
}

/// Makes the tree of a value. What an alias stands for has its places where it was defined.
struct Grower<'s> {
    source: &'s Source,
    bytes_left: usize,
    exceeded_at: Option<Span>,
}

impl Grower<'_> {
    fn node(&mut self, raw: Spanned<Raw<'_>>) -> Node {
        let start = span(self.source, raw.defined);
        match raw.value {
            Raw::Null => leaf(start, NodeKind::Null),
            Raw::Bool(value) => leaf(start, NodeKind::Bool(value)),
            // The text, because a number loses the zeros that an account begins with.
            Raw::Number => leaf(start, NodeKind::Number(self.source.slice(start).to_owned())),
            Raw::String(text) => leaf(start, NodeKind::String(self.string(text, start))),
            Raw::Array(items) => {
                let items: Vec<Node> = items.into_iter().map(|item| self.node(item)).collect();
                let span = around(self.source, start, items.last().map(|item| item.span));
                Node { span, kind: NodeKind::Array(items) }
            }
            Raw::Object(entries) => {
                let members: Vec<Member> =
                    entries.into_iter().map(|(key, value)| self.member(key, value)).collect();
                let last = members.last();
                let last = last.map(|member| member.key.span.to(member.value.span));
                Node { span: around(self.source, start, last), kind: NodeKind::Object(members) }
            }
        }
    }

    fn member(&mut self, key: Spanned<Raw<'_>>, value: Spanned<Raw<'_>>) -> Member {
        let place = span(self.source, key.defined);
        let name = match key.value {
            Raw::String(text) => self.string(text, place),
            // `111122223333:`, `true:` and `~:` are names all the same.
            _ => self.source.slice(place).to_owned(),
        };
        Member { key: polsim_text::Spanned::new(name, place), value: self.node(value) }
    }

    fn string(&mut self, text: Cow<'_, str>, place: Span) -> String {
        match self.bytes_left.checked_sub(text.len()) {
            Some(left) => {
                self.bytes_left = left;
                text.into_owned()
            }
            None => {
                self.exceeded_at.get_or_insert(place);
                String::new()
            }
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

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw<'de>, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw<'de>, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw<'de>, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw<'de>, E> {
        Ok(Raw::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw<'de>, E> {
        Ok(Raw::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw<'de>, E> {
        Ok(Raw::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw<'de>, E> {
        Ok(Raw::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw<'de>, E> {
        Ok(Raw::Number)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Raw<'de>, E> {
        Ok(Raw::String(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw<'de>, E> {
        Ok(Raw::String(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw<'de>, E> {
        Ok(Raw::String(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Object(entries))
    }
}
