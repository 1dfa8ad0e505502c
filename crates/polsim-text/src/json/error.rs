//! What can be wrong with a text that should be JSON, in words for people who write it by hand.

use crate::Span;
use std::borrow::Cow;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct JsonError {
    /// What is wrong.
    pub kind: JsonErrorKind,
    /// The offending place.
    pub span: Span,
    /// Where that which is wrong here began: the bracket that was opened, the value that needs a comma.
    pub related: Option<Span>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum JsonErrorKind {
    /// No value at all.
    #[error("the text is empty")]
    Empty,
    /// More bytes than [`Limits::max_bytes`](crate::Limits::max_bytes).
    #[error("the text has {bytes} bytes, and at most {max} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// Nested deeper than [`Limits::max_depth`](crate::Limits::max_depth).
    #[error("lists and objects are nested more than {max} deep")]
    TooDeep {
        /// The limit.
        max: usize,
    },
    /// The text begins with U+FEFF.
    #[error("the text begins with a byte order mark")]
    ByteOrderMark,
    /// `[1, 2,]`
    #[error("a comma before the closing `{}`", .closing.as_char())]
    TrailingComma {
        /// The bracket behind the comma.
        closing: Bracket,
    },
    /// `[1 2]`; the span is empty and lies at the end of the value that wants a comma.
    #[error("a comma is missing here")]
    MissingComma,
    /// `{"a" 1}`
    #[error("a colon is missing between the name and its value")]
    MissingColon,
    /// `{"a": }`, `[1,, 2]`
    #[error("a value is missing here")]
    MissingValue,
    /// `{1: 2}`, `{{}}`
    #[error("an object wants a name in double quotes here")]
    MissingName,
    /// `["a": 1]`, `{"a": 1: 2}`
    #[error("a colon stands behind a value")]
    StrayColon,
    /// `// …`, `/* … */`, `# …`
    #[error("JSON has no comments")]
    Comment,
    /// A string that does not end on its line.
    #[error("this string is not closed")]
    UnclosedString,
    /// A list or object that does not end, or ends with the wrong bracket.
    #[error("the `{}` is not closed", .opened.as_opening())]
    UnclosedBracket {
        /// What was opened; `related` tells where.
        opened: Bracket,
    },
    /// A closing bracket that closes nothing.
    #[error("this `{}` closes nothing", .closing.as_char())]
    UnopenedBracket {
        /// The bracket.
        closing: Bracket,
    },
    /// A word, a name or a placeholder without double quotes.
    #[error("this is no JSON value")]
    UnquotedValue,
    /// A blank from a web page or a word processor, outside of strings.
    #[error("U+{:04X} looks like a blank and is none in JSON", *.0 as u32)]
    OddBlank(char),
    /// A backslash that begins no escape, or half of a surrogate pair.
    #[error("this is no escape that JSON knows")]
    BadEscape,
    /// A tab or another control character inside a string.
    #[error("the control character U+{:04X} stands in a string as it is", *.0 as u32)]
    ControlCharacter(char),
    /// Something behind the value that is no JSON.
    #[error("something follows the end of the JSON value")]
    TrailingText,
    /// Anything else, in the words of the JSON reader.
    #[error("{0}")]
    Other(String),
}

/// A pair of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bracket {
    /// `{ }`
    Brace,
    /// `[ ]`
    Square,
}

impl Bracket {
    /// The closing character.
    #[must_use]
    pub fn as_char(self) -> char {
        match self {
            Self::Brace => '}',
            Self::Square => ']',
        }
    }

    /// The opening character.
    #[must_use]
    pub fn as_opening(self) -> char {
        match self {
            Self::Brace => '{',
            Self::Square => '[',
        }
    }
}

impl JsonErrorKind {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(match self {
            Self::Empty => "a document is one JSON object: { … }",
            Self::TooLarge { .. } | Self::Other(_) => return None,
            Self::TooDeep { .. } => "a policy needs about 8 levels",
            Self::ByteOrderMark => "save the file as UTF-8 without a byte order mark (BOM)",
            Self::TrailingComma { .. } => "remove the comma; in JSON none may follow the last element",
            Self::MissingComma => "put a comma between two elements",
            Self::MissingColon => "write \"name\": value",
            Self::MissingValue => "write a value, or remove what leads up to it",
            Self::MissingName => "an object is written { \"name\": value }",
            Self::StrayColon => "a name with its value stands in an object: { \"name\": value }",
            Self::OddBlank(_) => "replace it by an ordinary blank",
            Self::Comment => "remove the comment; a `Sid` can say what a statement is for",
            Self::UnclosedString => "close it with `\"`; a line break inside a string is written `\\n`",
            Self::UnclosedBracket { opened } => {
                return Some(Cow::Owned(format!("close it with `{}`", opened.as_char())));
            }
            Self::UnopenedBracket { .. } => "remove it, or look for a bracket that was closed too early",
            Self::UnquotedValue => {
                "write names and text in double quotes; replace placeholders and `…` from samples by real values"
            }
            Self::BadEscape => {
                "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX; a backslash itself is written \\\\"
            }
            Self::ControlCharacter(_) => "write it as an escape, such as \\t or \\u0000",
            Self::TrailingText => "nothing but white space may follow the document",
        }))
    }
}
