//! Policies that are written in place: as JSON texts, with the way back to the environment file.

use polsim_text::json::{Node, NodeKind};
use polsim_text::{Embedded, Source, Span};

/// Writes a tree of `host` as a JSON text, which is what a policy is read from. Repeated names stay, so that they are
/// reported as in any policy.
pub(crate) fn written(host: &Embedded, node: &Node, name: &str) -> Embedded {
    let mut writer = Writer::default();
    writer.value(node);
    host.rewritten(Source::new(name, writer.text), writer.places)
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

    fn inline(text: &str) -> Embedded {
        let host = Source::new("e.yaml", text);
        let node = yaml::parse(&host, &Limits::default()).unwrap();
        written(&Embedded::whole(host), &node, "inline")
    }

    fn back<'h>(inline: &'h Embedded, part: &str) -> &'h str {
        let at = inline.text().text().find(part).unwrap();
        inline.host().slice(inline.in_host(Span::new(at, at + part.len())))
    }

    #[test]
    fn every_place_leads_back() {
        let inline = inline("Statement:\n  Action: s3:GetObjekt\n  Sid: 'two words'\n  N: 0x10\n");
        assert_eq!(
            inline.text().text(),
            r#"{"Statement": {"Action": "s3:GetObjekt", "Sid": "two words", "N": "0x10"}}"#
        );
        assert_eq!(back(&inline, "Objekt"), "Objekt");
        assert_eq!(back(&inline, "words"), "words");
        assert_eq!(back(&inline, "\"two words\""), "'two words'");
        assert_eq!(back(&inline, "\"Action\""), "Action");
        assert_eq!(
            back(&inline, r#"{"Action": "s3:GetObjekt", "Sid": "two words", "N": "0x10"}"#),
            "Action: s3:GetObjekt\n  Sid: 'two words'\n  N: 0x10"
        );
    }

    #[test]
    fn a_string_that_the_host_spells_otherwise_is_underlined_whole() {
        let inline = inline(r#"{"a": "x\u0079z and more"}"#);
        assert_eq!(back(&inline, "and"), r#""x\u0079z and more""#);
        assert_eq!(back(&inline, r#"{"a""#), r#"{"a": "x\u0079z and more"}"#);
    }
}
