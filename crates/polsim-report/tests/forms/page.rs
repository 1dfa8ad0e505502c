//! Pages: names from outside are text and nothing else, and a page is no larger than it has to be.

use crate::material;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use polsim_lint::Severity;
use polsim_report::review::{Material, Review};
use polsim_report::to_html;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The elements that a page is made of.
const OURS: [&str; 51] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "time",
    "div",
    "nav",
    "ol",
    "ul",
    "li",
    "main",
    "section",
    "span",
    "dl",
    "dt",
    "dd",
    "article",
    "details",
    "summary",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "mark",
    "figure",
    "figcaption",
    "svg",
    "desc",
    "line",
    "circle",
    "rect",
    "text",
    "strong",
    "br",
    "footer",
    "em",
    "small",
    "b",
    "i",
];

/// An element with the names of its attributes.
type Shape = (String, Vec<String>);

/// The elements of a page in order, and what of it is no HTML.
fn parsed(page: &str) -> (Vec<Shape>, Vec<String>, Vec<String>) {
    let mut emitter = DefaultEmitter::default();
    // What is in `style` and `title` is no markup, as a browser knows.
    emitter.naively_switch_states(true);
    let (mut shapes, mut links, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for token in Tokenizer::new_with_emitter(page, emitter) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                for (name, value) in &tag.attributes {
                    if matches!(text(name).as_str(), "href" | "src" | "xlink:href" | "action") {
                        links.push(text(value));
                    }
                }
                shapes.push((text(&tag.name), tag.attributes.keys().map(|name| text(name)).collect()));
            }
            Token::Error(error) => wrong.push(format!("{error:?}")),
            Token::Comment(_) => wrong.push("a comment".to_owned()),
            Token::EndTag(_) | Token::String(_) | Token::Doctype(_) => {}
        }
    }
    (shapes, links, wrong)
}

/// Names that would be something else if they could.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<script>alert(1)</script>",
            "</style>",
            "</title><img src=x onerror=alert(1)>",
            "\" onmouseover=\"alert(1)",
            "' x='",
            "&",
            "&lt;",
            "&#x3c;",
            "<!--",
            "-->",
            "]]>",
            "<svg/onload=alert(1)>",
            "javascript:alert(1)",
            "\u{0}",
            "\u{1b}[31m",
            "\u{202e}",
            "\u{200f}",
            "\u{2066}",
            "\u{85}",
            "\u{fdd0}",
            "\u{ffff}",
            "\r\n",
            "\n",
            "漢字",
        ])
        .prop_map(str::to_owned),
        any::<char>()
            .prop_filter("a backtick holds a name in our sentences", |c| *c != '`')
            .prop_map(String::from),
    ];
    // It begins like a name, so that nothing is empty and left out.
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("n{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_name_from_outside_is_text_and_nothing_else(name in hostile()) {
        let page = to_html(&material::review(&name));
        let (shapes, links, wrong) = parsed(&page);
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        // Words in pictures are folded, so that long names have more of them.
        let plain = |shapes: Vec<Shape>| shapes.into_iter().filter(|(tag, _)| tag != "text").collect::<Vec<_>>();
        let (expected, ..) = parsed(&to_html(&material::review("name")));
        prop_assert_eq!(plain(shapes), plain(expected));
        prop_assert!(links.iter().all(|link| link.starts_with('#')), "{links:?}");
        let is_hidden = |c: char| c.is_control() && c != '\n' && c != '\t';
        prop_assert!(!page.chars().any(is_hidden));
        let turns = |c: char| "\u{202e}\u{200f}\u{2066}".contains(c);
        prop_assert!(!page.chars().any(turns));
    }
}

#[test]
fn a_page_is_made_of_elements_that_we_know() {
    let (shapes, links, wrong) = parsed(&to_html(&material::review("`name`")));
    assert!(wrong.is_empty(), "{wrong:?}");
    let tags: BTreeSet<&str> = shapes.iter().map(|(tag, _)| tag.as_str()).collect();
    let foreign: Vec<_> = tags.iter().filter(|tag| !OURS.contains(tag)).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    for (tag, attributes) in &shapes {
        for name in attributes {
            assert!(!name.starts_with("on") && name != "src" && name != "style", "{tag} has {name}");
        }
    }
    assert!(links.len() > 10);
}

#[test]
fn links_lead_to_places_of_the_page_and_headings_stand_in_order() {
    let page = to_html(&material::review("name"));
    let (shapes, links, _) = parsed(&page);
    for link in links {
        assert!(page.contains(&format!("id=\"{}\"", &link[1..])), "{link} leads nowhere");
    }
    let levels = shapes.iter().filter_map(|(tag, _)| tag.strip_prefix('h')?.parse::<u32>().ok());
    let mut before = 0;
    for level in levels {
        assert!(level <= before + 1, "h{level} after h{before}");
        before = level;
    }
    for landmark in ["header", "nav", "main", "footer"] {
        assert_eq!(shapes.iter().filter(|(tag, _)| tag == landmark).count(), 1, "{landmark}");
    }
    let count = |tag: &str| shapes.iter().filter(|(other, _)| other == tag).count();
    assert_eq!(count("svg"), count("desc"), "every picture is told in words");
    assert_eq!(count("thead"), count("caption"), "every list has a caption");
}

#[test]
fn a_thousand_findings_take_no_more_than_200_kilobytes() {
    // Twenty sentences, each at fifty places, as a folder of policies of one template has them.
    let entries = (0..1000).map(|at| {
        let source = material::source(&format!("template-{:04}", at / 20));
        material::finding(&format!("the pattern {}", at % 20), &source, at)
    });
    let material = Material {
        title: "A thousand findings".to_owned(),
        date: "2026-11-24".to_owned(),
        reference: [String::new(), String::new()],
        cases: Vec::new(),
        entries: entries.collect(),
        fail_on: Severity::Medium,
        coverage: None,
        overviews: Vec::new(),
        policies: Vec::new(),
        notes: Vec::new(),
        inputs: Vec::new(),
    };
    let review = Review::of(material);
    assert_eq!((review.findings.len(), review.verdict.findings.medium), (20, 1000));
    let page = to_html(&review);
    println!("{} bytes", page.len());
    assert!(page.len() <= 200_000, "{} bytes", page.len());
}

#[test]
fn the_same_review_is_the_same_page() {
    assert_eq!(to_html(&material::review("name")), to_html(&material::review("name")));
}
