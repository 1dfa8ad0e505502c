//! Policies that are written in place: as JSON texts, with the way back to the environment file.

use polsim_text::json::{Node, NodeKind};
use polsim_text::{Source, Span};

/// A policy that is written in place.
#[derive(Clone, Debug)]
pub(crate) struct Inline {
    /// The policy as a JSON text, which is what a policy is read from.
    pub(crate) text: Source,
    /// For every name and value its place in the text and the one in the host, outer ones first.
    places: Vec<(Span, Span)>,
}

impl Inline {
    /// Writes a tree as JSON. Repeated names stay, so that they are reported as in any policy.
    pub(crate) fn of(node: &Node, name: &str) -> Self {
        let mut writer = Writer::default();
        writer.value(node);
        Self { text: Source::new(name, writer.text), places: writer.places }
    }

    /// Where a place of the text stands in the host: exactly where the host spells it alike, else the smallest name
    /// or value around it.
    pub(crate) fn in_host(&self, span: Span, host: &Source) -> Span {
        let around = |place: &&(Span, Span)| place.0.start() <= span.start() && span.end() <= place.0.end();
        let smallest = self.places.iter().filter(around).min_by_key(|(inner, _)| inner.len());
        let Some((inner, outer)) = smallest else {
            return self.places.first().map_or(span, |(_, outer)| *outer);
        };
        let spelt = self.text.slice(*inner).trim_matches('"');
        let in_host = host.slice(*outer);
        let quote = usize::from(in_host.starts_with(['"', '\'']));
        let begin = inner.start() + usize::from(self.text.slice(*inner).starts_with('"'));
        let alike = in_host.get(quote..quote + spelt.len()) == Some(spelt);
        match span.start().checked_sub(begin) {
            Some(offset) if alike && span != *inner && span.end() <= begin + spelt.len() => {
                let start = outer.start() + quote + offset;
                Span::new(start, start + span.len())
            }
            _ => *outer,
        }
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    places: Vec<(Span, Span)>,
}

impl Writer {
    fn value(&mut self, node: &Node) {
        let at = self.places.len();
        let start = self.text.len();
        self.places.push((Span::at(start), node.span));
        match &node.kind {
            NodeKind::Null => self.text.push_str("null"),
            NodeKind::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            // YAML has more ways to write a number than JSON; a policy compares their text (S3.5).
            NodeKind::Number(text) if serde_json::from_str::<serde_json::Number>(text).is_ok() => {
                self.text.push_str(text);
            }
            NodeKind::Number(text) | NodeKind::String(text) => self.string(text),
            NodeKind::Array(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index);
                    self.value(item);
                }
                self.text.push(']');
            }
            NodeKind::Object(members) => {
                self.text.push('{');
                for (index, member) in members.iter().enumerate() {
                    self.separate(index);
                    let start = self.text.len();
                    self.string(&member.key.value);
                    self.places.push((Span::new(start, self.text.len()), member.key.span));
                    self.text.push_str(": ");
                    self.value(&member.value);
                }
                self.text.push('}');
            }
        }
        if let Some(place) = self.places.get_mut(at) {
            place.0 = Span::new(start, self.text.len());
        }
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.text.push_str(", ");
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push_str(&serde_json::Value::String(text.to_owned()).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;
    use polsim_text::Limits;

    fn inline(text: &str) -> (Source, Inline) {
        let host = Source::new("e.yaml", text);
        let node = yaml::parse(&host, &Limits::default()).unwrap();
        (host, Inline::of(&node, "inline"))
    }

    fn back<'h>(host: &'h Source, inline: &Inline, part: &str) -> &'h str {
        let at = inline.text.text().find(part).unwrap();
        host.slice(inline.in_host(Span::new(at, at + part.len()), host))
    }

    #[test]
    fn every_place_leads_back() {
        let (host, inline) = inline("Statement:\n  Action: s3:GetObjekt\n  Sid: 'two words'\n  N: 0x10\n");
        assert_eq!(
            inline.text.text(),
            r#"{"Statement": {"Action": "s3:GetObjekt", "Sid": "two words", "N": "0x10"}}"#
        );
        assert_eq!(back(&host, &inline, "Objekt"), "Objekt");
        assert_eq!(back(&host, &inline, "words"), "words");
        assert_eq!(back(&host, &inline, "\"two words\""), "'two words'");
        assert_eq!(back(&host, &inline, "\"Action\""), "Action");
        assert_eq!(
            back(&host, &inline, r#"{"Action": "s3:GetObjekt", "Sid": "two words", "N": "0x10"}"#),
            "Action: s3:GetObjekt\n  Sid: 'two words'\n  N: 0x10"
        );
    }

    #[test]
    fn a_string_that_the_host_spells_otherwise_is_underlined_whole() {
        let (host, inline) = inline(r#"{"a": "x\u0079z and more"}"#);
        assert_eq!(back(&host, &inline, "and"), r#""x\u0079z and more""#);
        assert_eq!(back(&host, &inline, r#"{"a""#), r#"{"a": "x\u0079z and more"}"#);
    }
}
