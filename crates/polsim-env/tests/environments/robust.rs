//! Hostile and broken texts: never a panic, never more work than the limits let through.

use crate::support::read;
use polsim_env::schema::EnvironmentFile;
use polsim_text::{Limits, Source};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const SAMPLE: &str = include_str!("../../../../corpus/environments/perimeter/perimeter.env.yaml");

fn parse(text: &str) -> usize {
    let source = Source::new("t", text);
    let (file, problems) = EnvironmentFile::parse(&source, &Limits::default());
    assert_eq!(file.is_some(), problems.is_empty(), "a file or problems");
    for problem in &problems {
        assert!(problem.span.end() <= text.len(), "{problem:?}");
        assert!(text.get(problem.span.start()..problem.span.end()).is_some(), "{problem:?}");
        assert!(!problem.to_string().is_empty());
    }
    problems.len()
}

/// A piece of what environment files are made of.
fn piece() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "organization:",
        "levels:",
        "accounts:",
        "principals:",
        "resources:",
        "endpoints:",
        "arn:",
        "policy:",
        "identity:",
        "- ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ": ",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "|\n",
        ">-\n",
        "\"",
        "'",
        "# x\n",
        "---\n",
        "arn:aws:s3:::b",
        "\"111122223333\"",
        "0x10",
        ".inf",
        "~",
        "é",
        "\u{feff}",
        "\t",
        "? ",
        "true",
        "Statement: ",
    ]);
    prop_oneof![9 => word.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        parse(&text);
    }

    #[test]
    fn no_heap_of_pieces_panics(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        parse(&text);
        let _ = read(&text);
    }

    #[test]
    fn a_sample_with_a_change_panics_nowhere(at in 0..SAMPLE.len(), len in 0..30usize, by in piece()) {
        let mut start = at;
        while !SAMPLE.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (at + len).min(SAMPLE.len());
        while !SAMPLE.is_char_boundary(end) {
            end += 1;
        }
        let text = format!("{}{by}{}", &SAMPLE[..start], &SAMPLE[end..]);
        parse(&text);
        for problem in read(&text).err().into_iter().flatten() {
            prop_assert!(problem.span.end() <= problem.file.text().len());
        }
    }
}

fn quickly(text: &str, code: &str) {
    let begin = Instant::now();
    let problems = read(text).unwrap_err();
    assert_eq!(problems[0].code(), code, "{}", problems[0]);
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[test]
fn aliases_of_aliases_are_bounded() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    quickly(&text, "ENV002");
    let mut wide = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\nb: [");
    wide.push_str(&"*a, ".repeat(5_000));
    wide.push_str("x]\n");
    quickly(&wide, "ENV002");
}

#[test]
fn depth_is_bounded() {
    quickly(&"[".repeat(50_000), "ENV002");
    let deep: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    quickly(&deep, "ENV002");
    let deep = format!("{}1{}", "{ a: ".repeat(40), " }".repeat(40));
    quickly(&deep, "ENV002");
}

#[test]
fn size_and_number_of_problems_are_bounded() {
    let limits = Limits { max_bytes: 10, ..Limits::default() };
    let (_, problems) = EnvironmentFile::parse(&Source::new("t", "principals: {}"), &limits);
    assert_eq!(problems[0].code(), "ENV002");
    let text: String = (0..500).map(|at| format!("field-{at}: 1\n")).collect();
    assert_eq!(parse(&text), 100);
}

#[test]
fn a_policy_may_be_used_again_by_an_alias() {
    let text = "
principals:
  a:
    arn: arn:aws:iam::111122223333:user/a
    identity: &all [{ Version: '2012-10-17', Statement: { Effect: Allow, Action: '*', Resource: '*' } }]
  b: { arn: arn:aws:iam::111122223333:user/b, identity: *all }
";
    let environment = read(text).unwrap();
    let policy = &environment.policies()[1];
    assert_eq!(policy.name, "principals.b.identity[0]");
    let place = policy.place(policy.policy.statements[0].span);
    assert_eq!(place.source.slice(place.span), "{ Effect: Allow, Action: '*', Resource: '*' }");
}

#[test]
fn strings_behind_aliases_are_bounded() {
    let plain = "x".repeat(1_000_000);
    let escaped = format!("\"{}\"", "\\t".repeat(500_000));
    for text in [plain, escaped] {
        let a = "*a, ".repeat(90);
        let b = "*b, ".repeat(90);
        quickly(&format!("a: &a {text}\nb: &b [{a}]\nc: [{b}]\n"), "ENV002");
    }
}

#[test]
fn one_anchor_in_another_does_not_deepen_the_tree() {
    let nest = |inner: &str| format!("{}{inner}{}", "[".repeat(25), "]".repeat(25));
    let [a, b, c] = ["x", "*a", "*b"].map(nest);
    quickly(&format!("a: &a {a}\nb: &b {b}\nc: {c}\n"), "ENV002");
}
