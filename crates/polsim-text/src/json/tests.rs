//! Tests of the JSON reader: what it keeps, and what it says about broken text.

use super::{Bracket, JsonErrorKind, Node, NodeKind, Parsed, parse};
use crate::{Limits, Source, Span};

fn read(text: &str) -> (Source, Parsed) {
    let source = Source::new("a.json", text);
    let parsed = parse(&source, &Limits::default());
    (source, parsed)
}

/// The kind of the only error, the text under it, and the text that it refers back to.
fn error(text: &str) -> (JsonErrorKind, String, Option<String>) {
    let (source, parsed) = read(text);
    assert_eq!(parsed.errors.len(), 1, "{text}: {:?}", parsed.errors);
    let error = &parsed.errors[0];
    assert!(!error.to_string().is_empty());
    (
        error.kind.clone(),
        source.slice(error.span).to_owned(),
        error.related.map(|span| source.slice(span).to_owned()),
    )
}

#[test]
fn every_value_knows_its_place_and_nothing_is_lost() {
    let text = "\r\n {\"a\" : [1.50, \"x\\ny\", null], \"a\":{ } , \"b\\u0041\": true}\n";
    let (source, parsed) = read(text);
    assert_eq!(parsed.errors, []);
    let [document] = parsed.documents.as_slice() else { panic!("one document") };
    assert_eq!(source.slice(document.span), text.trim());
    let members = document.members().unwrap();
    let keys: Vec<_> = members.iter().map(|m| (m.key.value.as_str(), source.slice(m.key.span))).collect();
    assert_eq!(keys, [("a", "\"a\""), ("a", "\"a\""), ("bA", "\"b\\u0041\"")]);
    let items = members[0].value.items().unwrap();
    assert_eq!(items[0].kind, NodeKind::Number("1.50".to_owned()));
    assert_eq!(items[1].as_str(), Some("x\ny"));
    assert_eq!(source.slice(items[1].span), "\"x\\ny\"");
    assert_eq!(items[2].kind, NodeKind::Null);
    assert_eq!(source.slice(members[1].value.span), "{ }");
    assert_eq!(members[2].value.kind, NodeKind::Bool(true));
}

#[test]
fn documents_in_a_row_are_all_read_up_to_a_syntax_error() {
    let (_, parsed) = read("{} {\"a\": 1}\n[]");
    assert_eq!((parsed.documents.len(), parsed.errors.len()), (3, 0));
    let (source, parsed) = read("{\"a\": 1} [2] oops");
    assert_eq!(parsed.documents.len(), 2);
    assert_eq!(parsed.errors[0].kind, JsonErrorKind::TrailingText);
    assert_eq!(source.slice(parsed.errors[0].span), "oops");
    let (source, parsed) = read("{\"a\": 1}\n {\"b\" 2}");
    assert_eq!(parsed.documents.len(), 1);
    assert_eq!(parsed.errors[0].kind, JsonErrorKind::MissingColon);
    assert_eq!(source.position(parsed.errors[0].span.start()).line, 2);
}

#[test]
fn a_byte_order_mark_is_an_error_and_skipped() {
    let (source, parsed) = read("\u{feff}{\"a\": 1}");
    assert_eq!(parsed.errors[0].kind, JsonErrorKind::ByteOrderMark);
    assert_eq!(source.slice(parsed.documents[0].span), "{\"a\": 1}");
    let (source, parsed) = read("\u{feff}{\"a\": 1,}");
    assert_eq!(source.slice(parsed.errors[1].span), ",");
}

#[test]
fn what_is_too_big_or_too_deep_is_refused_before_anything_is_built() {
    let source = Source::new("deep", "[".repeat(50_000_000));
    let limits = Limits { max_bytes: usize::MAX, ..Limits::default() };
    let parsed = parse(&source, &limits);
    assert_eq!(parsed.errors[0].kind, JsonErrorKind::TooDeep { max: 32 });
    assert_eq!(parsed.errors[0].span, Span::new(32, 33));
    let parsed = parse(&source, &Limits::default());
    assert!(matches!(parsed.errors[0].kind, JsonErrorKind::TooLarge { bytes: 50_000_000, .. }));
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(&nested(32)).1.errors, []);
    let limits = Limits { max_depth: usize::MAX, ..Limits::default() };
    let parsed = parse(&Source::new("deep", nested(200)), &limits);
    assert_eq!(parsed.errors[0].kind, JsonErrorKind::TooDeep { max: 128 });
    let brackets_in_a_string = format!("[\"{}\\\"[\"]", "[".repeat(100));
    assert_eq!(read(&brackets_in_a_string).1.errors, []);
}

#[test]
fn half_a_surrogate_pair_is_told_and_the_string_kept() {
    let (source, parsed) = read(r#"{"a": "x\ud800y", "b": "\ud83d\ude00"}"#);
    assert_eq!(parsed.errors[0].kind, JsonErrorKind::BadEscape);
    assert_eq!(source.slice(parsed.errors[0].span), r"\ud800");
    assert_eq!(parsed.documents[0].get("a").and_then(Node::as_str), Some("x\u{fffd}y"));
    assert_eq!(parsed.documents[0].get("b").and_then(Node::as_str), Some("\u{1f600}"));
}

#[test]
fn commas() {
    assert_eq!(
        error("[1, 2 ,\n]"),
        (JsonErrorKind::TrailingComma { closing: Bracket::Square }, ",".into(), None)
    );
    let trailing = JsonErrorKind::TrailingComma { closing: Bracket::Brace };
    assert_eq!(error(r#"{"a": {"b": 1,}}"#), (trailing, ",".into(), None));
    for text in ["[1 2]", r#"{"a": "x" "b": 1}"#, "[{} {}]", r#"{"a": [] "b": 1}"#, "[true false]"] {
        assert_eq!(error(text), (JsonErrorKind::MissingComma, String::new(), None), "{text}");
    }
    let (source, parsed) = read("[{\"a\": 1}\n  {\"b\": 2}]");
    let position = source.position(parsed.errors[0].span.start());
    assert_eq!((position.line, position.column), (1, 10));
    assert_eq!(error("[1,, 2]"), (JsonErrorKind::MissingValue, ",".into(), None));
    assert_eq!(error("[,1]"), (JsonErrorKind::MissingValue, ",".into(), None));
}

#[test]
fn colons_and_names() {
    assert_eq!(error(r#"{"a" 1}"#).0, JsonErrorKind::MissingColon);
    assert_eq!(error(r#"{"a", "b": 1}"#).0, JsonErrorKind::MissingColon);
    assert_eq!(error(r#"{"a"}"#).0, JsonErrorKind::MissingColon);
    assert_eq!(error(r#"{"a": }"#), (JsonErrorKind::MissingValue, "}".into(), None));
    assert_eq!(error(r#"["a": 1]"#), (JsonErrorKind::StrayColon, ":".into(), None));
    assert_eq!(error(r#"{{"a": 1}}"#), (JsonErrorKind::MissingName, "{".into(), None));
    assert_eq!(error("{1: 2}"), (JsonErrorKind::MissingName, "1".into(), None));
}

#[test]
fn comments_and_words() {
    assert_eq!(error("{\n // why\n}"), (JsonErrorKind::Comment, "// why".into(), None));
    assert_eq!(error("{} /* end */"), (JsonErrorKind::Comment, "/* end */".into(), None));
    assert_eq!(error("# policy\n{}"), (JsonErrorKind::Comment, "# policy".into(), None));
    let unquoted = |word: &str| (JsonErrorKind::UnquotedValue, word.to_owned(), None);
    assert_eq!(error(r#"{"a": account_id}"#), unquoted("account_id"));
    assert_eq!(error("{a: 1}"), unquoted("a"));
    assert_eq!(error("{'a': 1}"), unquoted("'a'"));
    assert_eq!(error(r#"{"a": <x>}"#), unquoted("<x>"));
    assert_eq!(error("[1, ...]"), unquoted("..."));
    assert_eq!(error("[True]"), unquoted("True"));
    assert_eq!(error("[tru"), unquoted("tru"));
    assert_eq!(error("hello"), unquoted("hello"));
    assert_eq!(error("[01]"), unquoted("01"));
    assert_eq!(error("{\u{a0}\"a\": 1}"), (JsonErrorKind::OddBlank('\u{a0}'), "\u{a0}".into(), None));
}

#[test]
fn brackets() {
    let unclosed = |opened| JsonErrorKind::UnclosedBracket { opened };
    assert_eq!(error(r#"{"a": [1"#), (unclosed(Bracket::Square), String::new(), Some("[".into())));
    assert_eq!(error(r#"{"a": "b""#), (unclosed(Bracket::Brace), String::new(), Some("{".into())));
    assert_eq!(error(r#"{"a": [1}"#), (unclosed(Bracket::Square), "}".into(), Some("[".into())));
    assert_eq!(error("{}}").0, JsonErrorKind::UnopenedBracket { closing: Bracket::Brace });
    assert_eq!(error("]").0, JsonErrorKind::UnopenedBracket { closing: Bracket::Square });
    assert_eq!(error("").0, JsonErrorKind::Empty);
    assert_eq!(error(" \n").0, JsonErrorKind::Empty);
}

#[test]
fn strings() {
    assert_eq!(error("{\"a\": \"b\n}"), (JsonErrorKind::UnclosedString, "\"b".into(), None));
    assert_eq!(error("{\"a\": \"b"), (JsonErrorKind::UnclosedString, "\"b".into(), None));
    assert_eq!(error("[\"a\\"), (JsonErrorKind::UnclosedString, "\"a\\".into(), None));
    assert_eq!(error(r#"["a\d"]"#), (JsonErrorKind::BadEscape, r"\d".into(), None));
    assert_eq!(error(r#"["a\u12g4"]"#).0, JsonErrorKind::BadEscape);
    assert_eq!(error("[\"a\tb\"]"), (JsonErrorKind::ControlCharacter('\t'), "\t".into(), None));
}

/// A tree as `serde_json` would have it; of names that come twice the last counts.
fn value(node: &Node) -> serde_json::Value {
    match &node.kind {
        NodeKind::Null => serde_json::Value::Null,
        NodeKind::Bool(value) => (*value).into(),
        NodeKind::Number(text) => serde_json::from_str(text).unwrap(),
        NodeKind::String(text) => text.clone().into(),
        NodeKind::Array(items) => items.iter().map(value).collect(),
        NodeKind::Object(members) => {
            let pairs = members.iter().map(|member| (member.key.value.clone(), value(&member.value)));
            serde_json::Value::Object(pairs.collect())
        }
    }
}

/// Writes some JSON, with white space wherever it may stand.
fn write(random: &mut dyn FnMut(usize) -> usize, depth: usize, text: &mut String) {
    const LEAVES: [&str; 12] = [
        "null",
        "true",
        "false",
        "0",
        "-1.5e+3",
        "\"\"",
        r#""a\"b\\""#,
        r#""{[,:]}""#,
        r#""\u0142\ud83d\ude00""#,
        "\"ł\"",
        r#""\\\\""#,
        "[]",
    ];
    const BLANKS: [&str; 5] = ["", "", " ", "\n\t", "\r\n"];
    let blank = |random: &mut dyn FnMut(usize) -> usize, text: &mut String| text.push_str(BLANKS[random(5)]);
    blank(random, text);
    match if depth == 0 { 0 } else { random(3) } {
        0 => text.push_str(LEAVES[random(LEAVES.len())]),
        is_object => {
            text.push(if is_object == 1 { '{' } else { '[' });
            for at in 0..random(4) {
                text.push_str(if at > 0 { "," } else { "" });
                if is_object == 1 {
                    blank(random, text);
                    text.push_str(["\"k\"", "\"a b\"", r#""\"""#][random(3)]);
                    blank(random, text);
                    text.push(':');
                }
                write(random, depth - 1, text);
            }
            blank(random, text);
            text.push(if is_object == 1 { '}' } else { ']' });
        }
    }
    blank(random, text);
}

#[test]
fn trees_say_what_serde_json_says_and_their_places_are_those_of_values() {
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..2000 {
        let mut text = String::new();
        write(&mut random, 5, &mut text);
        let source = Source::new("a", text.as_str());
        let parsed = parse(&source, &Limits::default());
        assert!(parsed.errors.is_empty(), "{text}");
        let wanted: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value(&parsed.documents[0]), wanted, "{text}");
        let mut nodes = vec![&parsed.documents[0]];
        while let Some(node) = nodes.pop() {
            let alone: serde_json::Value = serde_json::from_str(source.slice(node.span)).unwrap();
            assert_eq!(alone, value(node), "{text}");
            assert_eq!(source.slice(node.span).trim(), source.slice(node.span));
            nodes.extend(node.items().unwrap_or_default());
            nodes.extend(node.members().unwrap_or_default().iter().map(|member| &member.value));
        }
    }
}
