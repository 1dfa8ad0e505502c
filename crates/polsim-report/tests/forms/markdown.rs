//! Markdown: names from outside are text, tables hold, and nothing is longer than GitHub takes.

use crate::material;
use polsim_report::{Case, LONGEST, Run, to_markdown, to_review_markdown};
use proptest::prelude::*;

/// Names that Markdown or GitHub would make something of.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<script>alert(1)</script>",
            "<img src=x>",
            "<!-- -->",
            "|",
            "||",
            "\\|",
            "\\",
            "`",
            "``",
            "```",
            "\n",
            "\r\n# a",
            "\n\n",
            "- ",
            "1. ",
            "@octocat",
            "![x](https://example.com/x.png)",
            "[x](javascript:alert(1))",
            "**",
            "__",
            "~~",
            "$x$",
            "&lt;",
            "https://example.com",
            "\u{202e}",
            "\u{0}",
            "    ",
            "\t",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| format!("n{}", pieces.concat()))
}

/// A line without its code spans: what is left is markup or escaped text.
fn without_code(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some(at) = rest.find(['`', '\\']) {
        out.push_str(&rest[..at]);
        if rest[at..].starts_with('\\') {
            // An escaped character is text.
            let next = rest[at + 1..].chars().next().map_or(0, char::len_utf8);
            rest = &rest[at + 1 + next..];
            continue;
        }
        let fence = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let body = &rest[at + fence..];
        // The next run of just as many ends it.
        let mut end = None;
        let mut from = 0;
        while let Some(found) = body[from..].find('`') {
            let start = from + found;
            let run = body[start..].len() - body[start..].trim_start_matches('`').len();
            if run == fence {
                end = Some(start + run);
                break;
            }
            from = start + run;
        }
        let end = end.unwrap_or_else(|| panic!("a code span without end: {line}"));
        rest = &body[end..];
    }
    out + rest
}

/// The cells of a row: bars that no backslash stands before.
fn cells(line: &str) -> usize {
    let mut bars = 0;
    let mut is_escaped = false;
    for c in line.chars() {
        if c == '|' && !is_escaped {
            bars += 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    bars
}

fn judge(text: &str) -> Result<(), TestCaseError> {
    prop_assert!(text.chars().count() < LONGEST);
    let mut columns = None;
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) => {
                if line == open {
                    fence = None;
                }
                continue;
            }
            None if ticks.len() >= 3 && ticks == line => {
                fence = Some(ticks);
                continue;
            }
            None => {}
        }
        let trimmed = line.trim_start();
        if trimmed.starts_with('|') {
            let bars = cells(trimmed);
            prop_assert_eq!(*columns.get_or_insert(bars), bars, "{}", line);
        } else {
            columns = None;
        }
        let markup = without_code(line);
        prop_assert!(!markup.contains('<'), "{}", line);
        prop_assert!(!markup.contains("]("), "{}", line);
        prop_assert!(!markup.contains("://"), "{}", line);
        prop_assert!(!markup.contains("@o"), "{}", line);
    }
    prop_assert!(fence.is_none());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_name_from_outside_is_text(name in hostile()) {
        judge(&to_review_markdown(&material::review(&name)))?;
        judge(&to_markdown(&Run { cases: material::cases(&name), notes: vec![name.clone()] }))?;
    }
}

#[test]
fn what_is_too_long_is_cut_with_a_notice() {
    let cases: Vec<Case> = (0..2000).flat_map(|at| material::cases(&format!("name-{at}"))).collect();
    let text = to_markdown(&Run { cases, notes: Vec::new() });
    assert!(text.chars().count() <= LONGEST, "{}", text.chars().count());
    assert!(text.contains("parts are left out"), "{}", &text[text.len() - 300..]);
    assert!(
        text.contains("2000 hold, 2000 skipped, 2000 undecided, 2000 fail, 2000 bad input"),
        "{}",
        &text[..200]
    );
}
