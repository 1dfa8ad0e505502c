//! From “error at byte 812” to what the writer did: a second look at the text around the place where the reader
//! stopped. The reader's word decides *that* something is wrong; this decides only how it is told.

use super::error::{Bracket, JsonError, JsonErrorKind};
use crate::Span;

/// Names the error that the reader met at `at`, in the document that begins behind `start` and perhaps `follows`
/// another one.
pub(super) fn classify(text: &str, start: usize, at: usize, follows: Follows, message: &str) -> JsonError {
    let before = Scan::of(text, start, at, follows);
    if let Some(quote) = before.open_string {
        return in_string(text, quote, at, message);
    }
    let at = skip_white(text, before.end.max(start));
    let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return at_end(text, &before, message);
    };
    let here = Span::new(at, at + character.len_utf8());
    let error = |kind, span| JsonError { kind, span, related: None };
    let rest = text.get(at..).unwrap_or("");
    if rest.starts_with("//") || rest.starts_with("/*") || character == '#' {
        return error(JsonErrorKind::Comment, comment_span(text, at));
    }
    match (character, before.last) {
        ('}' | ']', last) => closing(character, here, last, &before),
        (',', Token::Value | Token::Name) if before.open.is_empty() => {
            error(JsonErrorKind::TrailingText, here)
        }
        (',' | ':', _) if before.wants_colon() => {
            error(JsonErrorKind::MissingColon, Span::at(before.last_span.end()))
        }
        (':', Token::Value) => error(JsonErrorKind::StrayColon, here),
        (',' | ':', _) => error(JsonErrorKind::MissingValue, here),
        ('{' | '[' | '-' | '0'..='9', Token::Open | Token::Comma) if before.in_object() => {
            error(JsonErrorKind::MissingName, here)
        }
        (odd, _) if is_odd_blank(odd) => error(JsonErrorKind::OddBlank(odd), here),
        ('"' | '{' | '[' | '-' | '0'..='9', _) if before.wants_colon() => {
            error(JsonErrorKind::MissingColon, Span::at(before.last_span.end()))
        }
        ('"' | '{' | '[', Token::Value) if !before.open.is_empty() => {
            error(JsonErrorKind::MissingComma, Span::at(before.last_span.end()))
        }
        _ => {
            let word = Span::new(at, word_end(text, at));
            let kind = match before.last {
                Token::Value if before.open.is_empty() => JsonErrorKind::TrailingText,
                Token::Value if is_scalar(text, word) => {
                    return error(JsonErrorKind::MissingComma, Span::at(before.last_span.end()));
                }
                _ => JsonErrorKind::UnquotedValue,
            };
            error(kind, word)
        }
    }
}

fn in_string(text: &str, quote: usize, at: usize, message: &str) -> JsonError {
    let line_end =
        text.get(quote..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |end| quote + end);
    let unclosed =
        JsonError { kind: JsonErrorKind::UnclosedString, span: Span::new(quote, line_end), related: None };
    let inner = text.get(quote + 1..).unwrap_or("");
    for piece in super::in_string::pieces(inner) {
        let span = Span::new(quote + 1 + piece.raw.start, quote + 1 + piece.raw.end);
        match piece.character {
            Some('"') if piece.raw.len() == 1 => break,
            Some('\n' | '\r') if piece.raw.len() == 1 => return unclosed,
            Some(control) if piece.raw.len() == 1 && (control as u32) < 0x20 => {
                return JsonError { kind: JsonErrorKind::ControlCharacter(control), span, related: None };
            }
            None if span.end() >= text.len() => return unclosed,
            // Half a surrogate pair passes this far and is told of when the string is decoded.
            None if piece.raw.len() < 6 => {
                return JsonError { kind: JsonErrorKind::BadEscape, span, related: None };
            }
            _ => {}
        }
    }
    if text.len() == line_end {
        return unclosed;
    }
    JsonError {
        kind: JsonErrorKind::Other(message.to_owned()),
        span: Span::new(at, (at + 1).min(text.len())),
        related: None,
    }
}

fn at_end(text: &str, before: &Scan, message: &str) -> JsonError {
    let end = text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    match before.open.last() {
        Some((opened, at)) => JsonError {
            kind: JsonErrorKind::UnclosedBracket { opened: *opened },
            span: Span::at(end),
            related: Some(Span::new(*at, at + 1)),
        },
        None => JsonError {
            kind: JsonErrorKind::Other(message.to_owned()),
            span: before.last_span,
            related: None,
        },
    }
}

fn closing(character: char, here: Span, last: Token, before: &Scan) -> JsonError {
    let closing = if character == '}' { Bracket::Brace } else { Bracket::Square };
    let error = |kind, span, related| JsonError { kind, span, related };
    match before.open.last() {
        None => error(JsonErrorKind::UnopenedBracket { closing }, here, None),
        Some((opened, at)) if *opened != closing => {
            error(JsonErrorKind::UnclosedBracket { opened: *opened }, here, Some(Span::new(*at, at + 1)))
        }
        Some(_) if last == Token::Comma => {
            error(JsonErrorKind::TrailingComma { closing }, before.last_span, None)
        }
        Some(_) if before.wants_colon() => {
            error(JsonErrorKind::MissingColon, Span::at(before.last_span.end()), None)
        }
        Some(_) => error(JsonErrorKind::MissingValue, here, None),
    }
}

fn skip_white(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len())
}

fn comment_span(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let length = if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |end| end + 2)
    } else {
        rest.find(['\n', '\r']).unwrap_or(rest.len())
    };
    Span::new(at, at + length)
}

/// The end of the run of characters that cannot end a bare word; at least one character.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let run = rest.find([' ', '\t', '\r', '\n', ',', ':', '"', '{', '}', '[', ']']).unwrap_or(rest.len());
    at + run.max(first)
}

/// White space that JSON does not have, and characters that show nothing.
fn is_odd_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_scalar(text: &str, word: Span) -> bool {
    let word = text.get(word.start()..word.end()).unwrap_or("");
    matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok()
}

/// Whether a document stands before the text that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    Nothing,
    Document,
}

/// What stood last before the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Nothing,
    Open,
    Comma,
    Colon,
    /// A string at the place of a name in an object.
    Name,
    Value,
}

/// The text up to the error, read for brackets, strings and separators only.
struct Scan {
    /// The brackets that are open, with their places.
    open: Vec<(Bracket, usize)>,
    last: Token,
    last_span: Span,
    /// The opening quote when the error lies in a string.
    open_string: Option<usize>,
    /// Behind the last token.
    end: usize,
}

impl Scan {
    fn of(text: &str, start: usize, until: usize, follows: Follows) -> Self {
        let mut scan = Self {
            open: Vec::new(),
            last: if follows == Follows::Document { Token::Value } else { Token::Nothing },
            last_span: Span::at(start),
            open_string: None,
            end: start,
        };
        let mut at = skip_white(text, start);
        while at < until {
            let Some(token_end) = scan.step(text, at, until) else {
                break;
            };
            scan.last_span = Span::new(at, token_end);
            scan.end = token_end;
            at = skip_white(text, token_end);
        }
        scan
    }

    /// Takes in the token at `at` and gives its end; `None` when the error lies in it.
    fn step(&mut self, text: &str, at: usize, until: usize) -> Option<usize> {
        match text.as_bytes().get(at)? {
            b'{' => {
                self.open.push((Bracket::Brace, at));
                self.last = Token::Open;
            }
            b'[' => {
                self.open.push((Bracket::Square, at));
                self.last = Token::Open;
            }
            b'}' | b']' => {
                self.open.pop();
                self.last = Token::Value;
            }
            b',' => self.last = Token::Comma,
            b':' => self.last = Token::Colon,
            b'"' => {
                let Some(end) = string_end(text, at).filter(|end| *end <= until) else {
                    self.open_string = Some(at);
                    return None;
                };
                self.last = if self.at_name() { Token::Name } else { Token::Value };
                return Some(end);
            }
            _ => {
                let word = Span::new(at, word_end(text, at));
                if word.end() > until || !is_scalar(text, word) {
                    return None;
                }
                self.last = Token::Value;
                return Some(word.end());
            }
        }
        Some(at + 1)
    }

    fn in_object(&self) -> bool {
        matches!(self.open.last(), Some((Bracket::Brace, _)))
    }

    /// Whether a string would be the name of a member.
    fn at_name(&self) -> bool {
        self.in_object() && matches!(self.last, Token::Open | Token::Comma)
    }

    fn wants_colon(&self) -> bool {
        self.last == Token::Name
    }
}

/// Behind the closing quote of the string that opens at `at`.
fn string_end(text: &str, at: usize) -> Option<usize> {
    let mut escaped = false;
    let inner = text.as_bytes().get(at + 1..)?;
    let quote = inner.iter().position(|byte| match byte {
        _ if escaped => {
            escaped = false;
            false
        }
        b'\\' => {
            escaped = true;
            false
        }
        byte => *byte == b'"',
    })?;
    Some(at + quote + 2)
}
