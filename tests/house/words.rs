//! What must not be written in a source file.

use crate::tree::{self, assert_none};

/// Work that was put off.
const UNFINISHED: [&str; 5] = ["TODO", "FIXME", "XXX", "todo!", "unimplemented!"];

/// Places that a reader of the repository does not have.
const ELSEWHERE: [&str; 3] = ["/work/", "/.library", "shared/"];

#[test]
fn nothing_is_put_off() {
    assert_none(&lines_with(&UNFINISHED), "lines that put work off");
}

#[test]
fn nothing_refers_to_a_place_outside_of_the_repository() {
    assert_none(&lines_with(&ELSEWHERE), "lines that refer to a place that a reader does not have");
}

fn lines_with(words: &[&str]) -> Vec<String> {
    let files = tree::all_sources();
    let mut found = Vec::new();
    let mut count = 0;
    for file in &files {
        for (number, line) in file.text.lines().enumerate() {
            count += 1;
            if words.iter().any(|word| mentions(line, word)) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    println!("{} files, {count} lines", files.len());
    found
}

/// Whether the word stands in the line by itself, not as part of a longer one.
fn mentions(line: &str, word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(word).any(|(at, _)| {
        let (before, rest) = line.split_at(at);
        let continues = is_part(word.chars().next_back()) && is_part(rest.chars().nth(word.chars().count()));
        let is_continued = is_part(word.chars().next()) && is_part(before.chars().next_back());
        !continues && !is_continued
    })
}

#[test]
fn a_word_is_seen_only_by_itself() {
    let note = ["TO", "DO"].concat();
    assert!(mentions(&format!("// {note}: later"), &note));
    assert!(mentions("see /work/x", "/work/"));
    assert!(!mentions("\\uXXXX", "XXX"));
    assert!(mentions("XXXX XXX.", "XXX"));
}
