//! Texts inside of texts: a policy as a string in a JSON dump, percent-encoded besides, and the way back from each of
//! its places to the file that people know.
//!
//! A newcomer would doubt that a span can be carried through two decodings. Each step is undone alone, exactly: of a
//! JSON string by its escapes, of a percent-encoded text byte by byte, of a part by its offset.

use crate::json::span_in_string;
use crate::{Source, Span};
use std::sync::Arc;

/// A text with the way back to the text that it stands in. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Embedded {
    text: Source,
    outer: Option<Arc<Step>>,
}

#[derive(Debug)]
struct Step {
    outer: Embedded,
    coding: Coding,
}

/// How a text stands in another one.
#[derive(Debug)]
enum Coding {
    /// As it is, from an offset on.
    Part(usize),
    /// As the string at a place.
    InString(Span),
    /// The whole of it, each byte as itself or as `%` and two digits.
    Percent,
    /// Written anew; for every name and value its place here and there, outer ones first.
    Rewritten(Vec<(Span, Span)>),
}

impl Embedded {
    /// A text that stands in no other one.
    #[must_use]
    pub fn whole(text: Source) -> Self {
        Self { text, outer: None }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Source {
        &self.text
    }

    /// The file that it stands in, at last.
    #[must_use]
    pub fn host(&self) -> &Source {
        self.outer.as_ref().map_or(&self.text, |step| step.outer.host())
    }

    /// Whether it is a file by itself.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.outer.is_none()
    }

    /// The part of this text at a place, under its own name.
    #[must_use]
    pub fn part(&self, name: &str, span: Span) -> Self {
        self.inner(Source::new(name, self.text.slice(span)), Coding::Part(span.start()))
    }

    /// What the string at a place (quotes included) says; `decoded` is what the reader of this text made of it.
    #[must_use]
    pub fn string(&self, name: &str, span: Span, decoded: &str) -> Self {
        self.inner(Source::new(name, decoded), Coding::InString(span))
    }

    /// This text with every `%XX` resolved (RFC 3986: a `+` is a plus). `None` when that gives no UTF-8.
    #[must_use]
    pub fn percent_decoded(&self) -> Option<Self> {
        let bytes: Vec<u8> = octets(self.text.text()).map(|octet| octet.value).collect();
        let text = String::from_utf8(bytes).ok()?;
        Some(self.inner(Source::new(self.text.name(), text), Coding::Percent))
    }

    /// A text that says the same as parts of this one in other words, with the places of its names and values in both,
    /// outer ones first.
    #[must_use]
    pub fn rewritten(&self, text: Source, places: Vec<(Span, Span)>) -> Self {
        self.inner(text, Coding::Rewritten(places))
    }

    fn inner(&self, text: Source, coding: Coding) -> Self {
        Self { text, outer: Some(Arc::new(Step { outer: self.clone(), coding })) }
    }

    /// Where a place of this text is found in the [`host`](Self::host).
    #[must_use]
    pub fn in_host(&self, span: Span) -> Span {
        let Some(step) = &self.outer else { return span };
        let outer = &step.outer.text;
        let there = match &step.coding {
            Coding::Part(offset) => span.shifted(*offset),
            Coding::InString(string) => span_in_string(outer, *string, span.start()..span.end()),
            Coding::Percent => undo_percent(outer.text(), span),
            Coding::Rewritten(places) => elsewhere(places, span, &self.text, outer),
        };
        step.outer.in_host(there)
    }
}

/// One byte of a percent-encoded text: what it is and where it is written.
struct Octet {
    value: u8,
    start: usize,
    end: usize,
}

fn octets(text: &str) -> impl Iterator<Item = Octet> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = *bytes.get(start)?;
        let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
        let coded = (first == b'%').then(|| Some(digit(start + 1)? * 16 + digit(start + 2)?)).flatten();
        let coded = coded.and_then(|value| u8::try_from(value).ok());
        let end = if coded.is_some() { start + 3 } else { start + 1 };
        let octet = Octet { value: coded.unwrap_or(first), start, end };
        start = end;
        Some(octet)
    })
}

fn undo_percent(outer: &str, span: Span) -> Span {
    let mut read = octets(outer).skip(span.start());
    let start = read.next();
    let from = start.as_ref().map_or(outer.len(), |octet| octet.start);
    let to = match span.len() {
        0 => from,
        1 => start.map_or(from, |octet| octet.end),
        more => read.nth(more - 2).map_or(outer.len(), |octet| octet.end),
    };
    Span::new(from, to)
}

/// The place elsewhere of a place in a text that was written anew: exactly where both spell it alike, else the
/// smallest name or value around it.
fn elsewhere(places: &[(Span, Span)], span: Span, text: &Source, outer: &Source) -> Span {
    let smallest = places.iter().filter(|(here, _)| here.contains(span)).min_by_key(|(here, _)| here.len());
    let Some((here, there)) = smallest else {
        return places.first().map_or(span, |(_, there)| *there);
    };
    let spelt = text.slice(*here).trim_matches('"');
    let in_outer = outer.slice(*there);
    let quote = usize::from(in_outer.starts_with(['"', '\'']));
    let begin = here.start() + usize::from(text.slice(*here).starts_with('"'));
    let alike = in_outer.get(quote..quote + spelt.len()) == Some(spelt);
    match span.start().checked_sub(begin) {
        Some(offset) if alike && span != *here && span.end() <= begin + spelt.len() => {
            let start = there.start() + quote + offset;
            Span::new(start, start + span.len())
        }
        _ => *there,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::json::{Node, parse};

    fn string_at(outer: &Embedded, name: &str) -> Embedded {
        let parsed = parse(outer.text(), &Limits::default());
        let node: &Node = parsed.documents[0].get(name).unwrap();
        outer.string(name, node.span, node.as_str().unwrap())
    }

    fn host(text: &str) -> Embedded {
        Embedded::whole(Source::new("host.json", text))
    }

    /// What is underlined in the host when `part` is underlined in the inner text.
    fn shown(inner: &Embedded, part: &str) -> String {
        let at = inner.text().text().find(part).unwrap();
        inner.host().slice(inner.in_host(Span::new(at, at + part.len()))).to_owned()
    }

    #[test]
    fn a_text_by_itself_is_its_own_host() {
        let whole = host("abc");
        assert!(whole.is_whole());
        assert_eq!(whole.in_host(Span::new(1, 2)), Span::new(1, 2));
        assert_eq!(shown(&whole.part("p", Span::new(1, 3)), "c"), "c");
    }

    #[test]
    fn escapes_of_a_string_are_underlined_as_they_are_written() {
        let host = host(r#"{"Policy": "{\"a\":\n \u0022z\u0142\ud83d\ude00\u0022, \"bł\": 1}"}"#);
        let inner = string_at(&host, "Policy");
        assert_eq!(inner.text().text(), "{\"a\":\n \"zł😀\", \"bł\": 1}");
        assert_eq!(shown(&inner, "\"a\""), r#"\"a\""#);
        assert_eq!(shown(&inner, "\"zł😀\""), r"\u0022z\u0142\ud83d\ude00\u0022");
        assert_eq!(shown(&inner, "ł😀"), r"\u0142\ud83d\ude00");
        assert_eq!(shown(&inner, "bł"), "bł");
    }

    #[test]
    fn percent_signs_are_undone_byte_by_byte() {
        let host = host(r#"{"D": "%7B%22a+%22%3a%20%22%C5%82ł%25%zz%22%7D"}"#);
        let inner = string_at(&host, "D").percent_decoded().unwrap();
        assert_eq!(inner.text().text(), "{\"a+\": \"łł%%zz\"}");
        assert_eq!(shown(&inner, "\"a+\""), "%22a+%22");
        assert_eq!(shown(&inner, "łł"), "%C5%82ł");
        assert_eq!(shown(&inner, "%%zz"), "%25%zz");
        assert_eq!(shown(&inner, "}"), "%7D");
        let end = inner.text().text().len();
        assert!(inner.in_host(Span::at(end)).is_empty());
        assert_eq!(inner.in_host(Span::at(end)).end() + 2, inner.host().text().len());
    }

    #[test]
    fn a_string_in_a_string_leads_back_through_both() {
        let host = host(r#"{"outer": "{\"policyText\":\"{\\\"Sid\\\": \\\"\\u0142\\\\n\\\"}\"}"}"#);
        let inner = string_at(&string_at(&host, "outer"), "policyText");
        assert_eq!(inner.text().text(), r#"{"Sid": "ł\n"}"#);
        assert_eq!(shown(&inner, "\"Sid\""), r#"\\\"Sid\\\""#);
        assert_eq!(shown(&inner, r"ł\n"), r"\\u0142\\\\n");
    }

    #[test]
    fn an_encoded_string_in_a_string_leads_back_too() {
        let host = host(r#"{"outer": "{\"d\": \"%7b\\\"b%c3%a9\\\"%7d\"}"}"#);
        let inner = string_at(&string_at(&host, "outer"), "d").percent_decoded().unwrap();
        assert_eq!(inner.text().text(), "{\"bé\"}");
        assert_eq!(shown(&inner, "\"bé\""), r#"\\\"b%c3%a9\\\""#);
    }

    #[test]
    fn what_decodes_to_no_text_is_refused() {
        assert!(host("%ff").percent_decoded().is_none());
    }
}
