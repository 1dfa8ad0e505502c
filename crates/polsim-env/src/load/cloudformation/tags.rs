//! YAML with the short forms of CloudFormation: `!Sub x` is read as `{"Fn::Sub": x}`, so that JSON and YAML are one.
//!
//! The YAML reader of environments gives no tags, so this reads events. CloudFormation has no aliases; nor are there any here.

use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Limits, Source, Span, Spanned};
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span as Range, Tag};

/// Why a text is no template.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub(super) message: String,
    pub(super) span: Span,
}

/// A list or an object that is still open.
struct Open {
    start: Span,
    tag: Option<String>,
    items: Vec<Node>,
    is_object: bool,
}

/// Reads the first document of a text.
pub(super) fn parse(source: &Source, limits: &Limits) -> Result<Node, Broken> {
    let text = source.text();
    let end = text.len();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, range) = event.map_err(|error| Broken {
            message: error.info(),
            span: Span::at(error.marker().byte_offset().unwrap_or(end).min(end)),
        })?;
        let span = place(&range, end);
        let refuse = |message: &str| Err(Broken { message: message.to_owned(), span });
        let done = match event {
            Event::Scalar(value, style, _, tag) => {
                let tag = tag.as_deref().map(tag_name);
                let node = Node { span, kind: scalar(&value, style, tag.as_deref()) };
                Some(tagged(tag, node))
            }
            Event::SequenceStart(_, _, tag) => {
                open.push(Open {
                    start: span,
                    tag: tag.as_deref().map(tag_name),
                    items: Vec::new(),
                    is_object: false,
                });
                None
            }
            Event::MappingStart(_, _, tag) => {
                open.push(Open {
                    start: span,
                    tag: tag.as_deref().map(tag_name),
                    items: Vec::new(),
                    is_object: true,
                });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| open.close(span)),
            Event::Alias(_) => return refuse("CloudFormation reads no aliases (`*name`)"),
            Event::StreamEnd => return refuse("the document is empty"),
            _ => None,
        };
        if open.len() > limits.max_depth {
            return refuse("the document is nested more deeply than is read");
        }
        if let Some(node) = done {
            match open.last_mut() {
                Some(parent) => parent.items.push(node),
                None => return Ok(node),
            }
        }
    }
    Err(Broken { message: "the document ends too early".to_owned(), span: Span::at(end) })
}

impl Open {
    fn close(self, end: Span) -> Node {
        // The end of a block is where the next thing begins; its last part is a better one.
        let last = self.items.last().map_or(self.start, |last| last.span);
        let span = if end.is_empty() { self.start.to(last) } else { self.start.to(end) };
        let kind = if self.is_object {
            let mut members = Vec::with_capacity(self.items.len() / 2);
            let mut items = self.items.into_iter();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                let name = match &key.kind {
                    NodeKind::String(text) | NodeKind::Number(text) => text.clone(),
                    NodeKind::Bool(value) => value.to_string(),
                    _ => String::new(),
                };
                members.push(Member { key: Spanned::new(name, key.span), value });
            }
            NodeKind::Object(members)
        } else {
            NodeKind::Array(self.items)
        };
        tagged(self.tag, Node { span, kind })
    }
}

fn place(range: &Range, end: usize) -> Span {
    range.byte_range().map_or(Span::at(end), |range| Span::new(range.start.min(end), range.end.min(end)))
}

/// The name behind the `!`, or the core name behind `!!`.
fn tag_name(tag: &Tag) -> String {
    match tag.core_suffix() {
        Some(core) => format!("!{core}"),
        None => tag.suffix().to_owned(),
    }
}

/// The long form of a short one.
fn tagged(tag: Option<String>, node: Node) -> Node {
    let Some(tag) = tag.filter(|tag| !tag.starts_with('!') && !tag.is_empty()) else { return node };
    let name = match tag.as_str() {
        "Ref" | "Condition" => tag,
        // Whatever it is: who resolves functions tells which there are.
        _ => format!("Fn::{tag}"),
    };
    let span = node.span;
    Node { span, kind: NodeKind::Object(vec![Member { key: Spanned::new(name, span), value: node }]) }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&str>) -> NodeKind {
    let is_plain = style == ScalarStyle::Plain && tag != Some("!str");
    match text {
        "" | "~" | "null" | "Null" | "NULL" if is_plain => NodeKind::Null,
        "true" | "True" | "TRUE" if is_plain => NodeKind::Bool(true),
        "false" | "False" | "FALSE" if is_plain => NodeKind::Bool(false),
        // Digits keep their zeros: an account is a text of digits.
        _ if is_plain && serde_json::from_str::<serde_json::Number>(text).is_ok() => {
            NodeKind::Number(text.to_owned())
        }
        _ => NodeKind::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Broken> {
        parse(&Source::new("t.yaml", text), &Limits::default())
    }

    #[test]
    fn short_forms_become_long_ones() {
        let node =
            read("a: !Sub 'x-${B}'\nb: !GetAtt C.Arn\nc: !Join [':', [a, !Ref D]]\nd: 2012-10-17\n").unwrap();
        assert_eq!(node.get("a").unwrap().get("Fn::Sub").unwrap().as_str(), Some("x-${B}"));
        assert_eq!(node.get("b").unwrap().get("Fn::GetAtt").unwrap().as_str(), Some("C.Arn"));
        let joined = node.get("c").unwrap().get("Fn::Join").unwrap();
        let parts = joined.items().unwrap()[1].items().unwrap();
        assert_eq!(parts[1].get("Ref").unwrap().as_str(), Some("D"));
        assert_eq!(node.get("d").unwrap().as_str(), Some("2012-10-17"));
    }

    #[test]
    fn places_are_those_of_the_text_whatever_its_line_ends() {
        let text = "Resources:\r\n  Ł:\r\n    Type: 'AWS::IAM::Policy'\r\n";
        let node = read(text).unwrap();
        let found = node.get("Resources").unwrap().get("Ł").unwrap().get("Type").unwrap();
        assert_eq!(text.get(found.span.start()..found.span.end()), Some("'AWS::IAM::Policy'"));
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        let broken = read("a: [1, 2\nb: }").unwrap_err();
        assert!(broken.span.start() > 0, "{broken:?}");
        assert!(read("a: &x 1\nb: *x").unwrap_err().message.contains("aliases"));
        assert!(read("").is_err());
        assert!(read(&"[".repeat(2000)).is_err());
    }
}
