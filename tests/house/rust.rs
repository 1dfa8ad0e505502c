//! As much of Rust as the plan speaks of: which module defines, imports and names what.
//!
//! A reading of tokens, not of the grammar. It knows comments, strings, attributes for tests, items at the top of a
//! file, `use` trees and paths with `::`; it does not expand macros, and an inline module counts as part of its file.

use std::collections::BTreeSet;

/// What one file says.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// Names of the items that are defined at the top of the file.
    pub(crate) items: BTreeSet<String>,
    /// Child modules with files of their own; those for tests are left out.
    pub(crate) children: BTreeSet<String>,
    /// Child modules with files of their own that are for tests.
    pub(crate) test_children: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
    /// Paths of two segments and more outside of imports.
    pub(crate) paths: Vec<Mention>,
    /// Every word outside of imports.
    pub(crate) words: BTreeSet<String>,
    /// Whether a macro is invoked at the top of the file; it may define items.
    pub(crate) has_macros: bool,
}

/// One leaf of a `use` tree.
#[derive(Debug)]
pub(crate) struct Import {
    /// The path; of a glob, the path of what is opened.
    pub(crate) path: Mention,
    /// The name under which it is known here; `*` for a glob.
    pub(crate) name: String,
    pub(crate) is_reexport: bool,
}

/// A path at a line.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    /// `::`
    Colons,
    Mark(char),
    /// A string or character literal.
    Literal,
}

#[derive(Clone, Debug)]
struct Placed {
    token: Token,
    line: usize,
}

const ITEMS: [&str; 8] = ["struct", "enum", "trait", "fn", "const", "static", "type", "union"];

/// Reads a file.
pub(crate) fn read(text: &str) -> Module {
    let mut module = Module::default();
    let tokens = without_tests(&tokens(text), &mut module.test_children);
    let mut depth = 0_usize;
    let mut is_public = false;
    let mut at = 0;
    while at < tokens.len() {
        let next = word(&tokens, at + 1);
        match &tokens[at].token {
            Token::Mark('{' | '(' | '[') => depth += 1,
            Token::Mark('}' | ')' | ']') => depth = depth.saturating_sub(1),
            Token::Word(name) if name == "pub" => {
                is_public = true;
                at = after_visibility(&tokens, at + 1);
                continue;
            }
            Token::Word(name) if name == "use" => {
                at = use_tree(&tokens, at + 1, &mut Vec::new(), is_public, &mut module.imports);
                is_public = false;
                continue;
            }
            Token::Word(name) if name == "mod" && depth == 0 && mark(&tokens, at + 2) == Some(';') => {
                module.children.extend(next.map(str::to_owned));
            }
            Token::Word(name) if ITEMS.contains(&name.as_str()) && depth == 0 => {
                module.items.extend(next.filter(|next| !is_keyword(next)).map(str::to_owned));
            }
            Token::Word(name) if name == "macro_rules" => {
                module.items.extend(word(&tokens, at + 2).map(str::to_owned));
            }
            _ => {}
        }
        is_public = false;
        if let Token::Word(name) = &tokens[at].token {
            module.has_macros |= depth == 0 && name != "macro_rules" && mark(&tokens, at + 1) == Some('!');
            module.words.insert(name.clone());
            let starts = at == 0 || !matches!(tokens[at - 1].token, Token::Colons | Token::Mark('.'));
            let path = path_from(&tokens, at);
            if starts && path.segments.len() > 1 {
                module.paths.push(path);
            }
        }
        at += 1;
    }
    module
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "fn" | "unsafe" | "mut" | "async" | "extern" | "_")
}

fn word(tokens: &[Placed], at: usize) -> Option<&str> {
    match &tokens.get(at)?.token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

fn mark(tokens: &[Placed], at: usize) -> Option<char> {
    match tokens.get(at)?.token {
        Token::Mark(mark) => Some(mark),
        _ => None,
    }
}

fn path_from(tokens: &[Placed], mut at: usize) -> Mention {
    let line = tokens[at].line;
    let mut segments = Vec::new();
    while let Some(segment) = word(tokens, at) {
        segments.push(segment.to_owned());
        if tokens.get(at + 1).map(|placed| &placed.token) != Some(&Token::Colons) {
            break;
        }
        at += 2;
    }
    Mention { segments, line }
}

/// Past the `(crate)` of `pub(crate)`.
fn after_visibility(tokens: &[Placed], at: usize) -> usize {
    let is_scope = mark(tokens, at) == Some('(')
        && matches!(word(tokens, at + 1), Some("crate" | "super" | "self" | "in"));
    if !is_scope {
        return at;
    }
    (at..tokens.len()).find(|at| mark(tokens, *at) == Some(')')).map_or(tokens.len(), |end| end + 1)
}

/// Reads one branch of a `use` tree and returns where it ends.
fn use_tree(
    tokens: &[Placed],
    mut at: usize,
    prefix: &mut Vec<String>,
    is_reexport: bool,
    imports: &mut Vec<Import>,
) -> usize {
    let depth = prefix.len();
    while at < tokens.len() {
        let line = tokens[at].line;
        match &tokens[at].token {
            Token::Word(name) => {
                prefix.push(name.clone());
                at += 1;
                if tokens.get(at).map(|placed| &placed.token) == Some(&Token::Colons) {
                    continue;
                }
                if name == "self" && prefix.len() > 1 {
                    prefix.pop();
                }
                let mut known_as = prefix.last().cloned().unwrap_or_default();
                if word(tokens, at) == Some("as") {
                    known_as = word(tokens, at + 1).unwrap_or_default().to_owned();
                    at += 2;
                }
                imports.push(Import {
                    path: Mention { segments: prefix.clone(), line },
                    name: known_as,
                    is_reexport,
                });
                break;
            }
            Token::Mark('*') => {
                imports.push(Import {
                    path: Mention { segments: prefix.clone(), line },
                    name: "*".to_owned(),
                    is_reexport,
                });
                at += 1;
                break;
            }
            Token::Mark('{') => {
                at += 1;
                while at < tokens.len() && mark(tokens, at) != Some('}') {
                    let branch = prefix.len();
                    at = use_tree(tokens, at, prefix, is_reexport, imports);
                    prefix.truncate(branch);
                    if mark(tokens, at) == Some(',') {
                        at += 1;
                    }
                }
                at += 1;
                break;
            }
            Token::Colons => at += 1,
            Token::Mark(_) | Token::Literal => break,
        }
    }
    prefix.truncate(depth);
    at
}

/// The tokens of a file without what is compiled for tests only.
fn without_tests(tokens: &[Placed], test_children: &mut BTreeSet<String>) -> Vec<Placed> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_test_attribute(tokens, at) {
            at = after_item(tokens, at, test_children);
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Whether `#[cfg(test)]` stands here.
fn is_test_attribute(tokens: &[Placed], at: usize) -> bool {
    mark(tokens, at) == Some('#')
        && mark(tokens, at + 1) == Some('[')
        && word(tokens, at + 2) == Some("cfg")
        && mark(tokens, at + 3) == Some('(')
        && word(tokens, at + 4) == Some("test")
        && mark(tokens, at + 5) == Some(')')
}

/// Past the attributes and the item that begin here.
fn after_item(tokens: &[Placed], mut at: usize, test_children: &mut BTreeSet<String>) -> usize {
    let mut depth = 0_usize;
    while at < tokens.len() {
        match mark(tokens, at) {
            Some('{' | '(' | '[') => depth += 1,
            Some(closing @ ('}' | ')' | ']')) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && closing == '}' {
                    return at + 1;
                }
            }
            Some(';') if depth == 0 => {
                if word(tokens, at - 2) == Some("mod") {
                    test_children.extend(word(tokens, at - 1).map(str::to_owned));
                }
                return at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    at
}

fn tokens(text: &str) -> Vec<Placed> {
    let letters: Vec<char> = text.chars().collect();
    let letter = |at: usize| letters.get(at).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < letters.len() {
        let began = at;
        let token = match letters[at] {
            '/' if letter(at + 1) == '/' => {
                while at < letters.len() && letter(at) != '\n' {
                    at += 1;
                }
                None
            }
            '/' if letter(at + 1) == '*' => {
                at = after_block_comment(&letters, at);
                None
            }
            '"' => {
                at = after_string(&letters, at);
                Some(Token::Literal)
            }
            'r' | 'b' | 'c' if raw_string(&letters, at).is_some() => {
                at = raw_string(&letters, at).unwrap_or(at);
                Some(Token::Literal)
            }
            '\'' if letter(at + 1) == '\\' || letter(at + 2) == '\'' => {
                at += 2;
                while at < letters.len() && (letter(at) != '\'' || letter(at - 1) == '\\' && at == began + 2)
                {
                    at += 1;
                }
                at += 1;
                Some(Token::Literal)
            }
            ':' if letter(at + 1) == ':' => {
                at += 2;
                Some(Token::Colons)
            }
            c if c.is_alphanumeric() || c == '_' => {
                while letter(at).is_alphanumeric() || letter(at) == '_' {
                    at += 1;
                }
                Some(Token::Word(letters[began..at].iter().collect()))
            }
            c => {
                at += 1;
                (!c.is_whitespace()).then_some(Token::Mark(c))
            }
        };
        tokens.extend(token.map(|token| Placed { token, line }));
        let end = at.min(letters.len());
        line += letters[began..end].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn after_string(letters: &[char], mut at: usize) -> usize {
    at += 1;
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn after_block_comment(letters: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < letters.len() {
        match (letters[at], letters.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// The end of the raw string that begins here, if one does.
fn raw_string(letters: &[char], mut at: usize) -> Option<usize> {
    if matches!(letters[at], 'b' | 'c') {
        at += 1;
    }
    if letters.get(at) != Some(&'r') {
        return None;
    }
    let hashes = letters[at + 1..].iter().take_while(|c| **c == '#').count();
    at += 1 + hashes;
    if letters.get(at) != Some(&'"') {
        return None;
    }
    let mut end = vec!['"'];
    end.extend(std::iter::repeat_n('#', hashes));
    let found = letters[at + 1..].windows(end.len()).position(|window| window == end)?;
    Some(at + 1 + found + end.len())
}

#[test]
fn comments_strings_and_lifetimes_hide_nothing_and_show_nothing() {
    let module = read(concat!(
        "//! crate::comment\n/* crate::a /* crate::b */ crate::c */\n",
        "fn f<'a>(x: &'a str) -> char { let _ = \"crate::d \\\" crate::e\"; r#\"crate::\"f\"#; '\\''; '\"'; ':' }\n",
        "fn g() { crate::seen::h(); b\"\\\"\"; }\n",
    ));
    let paths: Vec<_> = module.paths.iter().map(|path| (path.segments.join("::"), path.line)).collect();
    assert_eq!(paths, [("crate::seen::h".to_owned(), 4)]);
    assert_eq!(module.items.iter().collect::<Vec<_>>(), ["f", "g"]);
}

#[test]
fn use_trees_are_read_to_their_leaves() {
    let module =
        read("pub(crate) use crate::{a::{self, B as C}, d, e::*};\nuse super::f;\nstruct S(pub u8);");
    let leaves: Vec<_> = module
        .imports
        .iter()
        .map(|import| (import.path.segments.join("::"), import.name.as_str(), import.is_reexport))
        .collect();
    let leaf = |path: &str, name, public| (path.to_owned(), name, public);
    assert_eq!(
        leaves,
        [
            leaf("crate::a", "a", true),
            leaf("crate::a::B", "C", true),
            leaf("crate::d", "d", true),
            leaf("crate::e", "*", true),
            leaf("super::f", "f", false),
        ]
    );
    assert_eq!(module.items.iter().collect::<Vec<_>>(), ["S"]);
}

#[test]
fn what_is_for_tests_is_left_out() {
    let module = read(concat!(
        "mod a;\n#[cfg(test)]\nmod testing;\n#[cfg(test)]\n#[path = \"x\"]\nmod tests { use crate::b; fn f() {} }\n",
        "const fn g() {}\n",
    ));
    assert_eq!(module.children.iter().collect::<Vec<_>>(), ["a"]);
    assert_eq!(module.test_children.iter().collect::<Vec<_>>(), ["testing"]);
    assert!(module.imports.is_empty(), "{module:?}");
    assert_eq!(module.items.iter().collect::<Vec<_>>(), ["g"]);
}
