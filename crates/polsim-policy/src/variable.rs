//! Policy variables and wildcards in a text (S3.15, S2.1.1, S2.3.8).
//!
//! What surprises: under the version of 2008, and when `Version` is absent, `${aws:username}` is plain text, and a
//! `*` between its braces is a wildcard.

use crate::{ConditionKey, Version};
use std::ops::Range;

/// A text of a policy, cut into what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Template {
    /// The parts in order; no two literals stand side by side.
    pub parts: Vec<Part>,
}

/// One part of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Text that stands for itself.
    Literal(String),
    /// `?`: one character. Where the operator knows no wildcards (S3.4.3) it stands for itself.
    AnyOne,
    /// `*`: any characters, or none. Where the operator knows no wildcards it stands for itself.
    AnyMany,
    /// `${…}`
    Variable(Variable),
}

/// A policy variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    /// The key whose value is put in. `None` when the variable is malformed: then it has no value (S3.15.10).
    pub key: Option<ConditionKey>,
    /// What is put in when the key has no value (S3.15.6).
    pub default: Option<String>,
    /// The bytes of the text from `${` to `}`.
    pub range: Range<usize>,
}

/// What is wrong with a variable, and where in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableProblem {
    /// What is wrong.
    pub kind: VariableProblemKind,
    /// The offending bytes of the text.
    pub range: Range<usize>,
}

/// What is wrong with a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum VariableProblemKind {
    /// `${` that no `}` closes; it is plain text.
    #[error("this variable is not closed with `}}` and is plain text")]
    MissingBrace,
    /// What follows the comma is not `'text'` behind one blank.
    #[error("the default of a variable is written `, 'text'`; this variable has no value")]
    BadDefault,
    /// White space in the name of the key.
    #[error("the key of a variable holds no blanks; this variable has no value")]
    BlankInKey,
    /// `${}`
    #[error("this variable names no key and has no value")]
    Empty,
    /// The key is not `prefix:name`.
    #[error("the key of a variable has the form `prefix:name`; this variable has no value")]
    KeyFormat,
}

impl Template {
    /// The variables in order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable(variable) => Some(variable),
            _ => None,
        })
    }

    /// Whether it holds no variable, so that its meaning is the same for every request.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.variables().next().is_none()
    }

    fn push_str(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.parts.last_mut() {
            Some(Part::Literal(literal)) => literal.push_str(text),
            _ => self.parts.push(Part::Literal(text.to_owned())),
        }
    }

    fn push_char(&mut self, character: char) {
        match character {
            '*' => self.parts.push(Part::AnyMany),
            '?' => self.parts.push(Part::AnyOne),
            other => self.push_str(other.encode_utf8(&mut [0; 4])),
        }
    }
}

/// Reads a text in which variables can stand anywhere: a value of a string or ARN operator.
#[must_use]
pub fn read_template(text: &str, version: Version) -> (Template, Vec<VariableProblem>) {
    read_from(text, 0, version)
}

/// Reads an entry of `Resource` or `NotResource`: variables count behind the fifth colon only (S1.9.5, S3.15.9), and
/// a colon inside `${aws:…}` is a colon like any other.
#[must_use]
pub fn read_resource_template(text: &str, version: Version) -> (Template, Vec<VariableProblem>) {
    read_from(text, sixth_field(text).unwrap_or(text.len()), version)
}

/// Where the sixth field of an ARN begins; `None` when there are fewer.
#[must_use]
pub fn sixth_field(text: &str) -> Option<usize> {
    text.match_indices(':').nth(4).map(|(at, colon)| at + colon.len())
}

fn read_from(text: &str, first: usize, version: Version) -> (Template, Vec<VariableProblem>) {
    let mut template = Template::default();
    let mut problems = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(character) = rest.chars().next() else {
            break;
        };
        let live = version == Version::V2012 && at >= first;
        match rest.strip_prefix("${").filter(|_| live) {
            Some(inside) => at += read_variable(inside, at, &mut template, &mut problems),
            None => {
                template.push_char(character);
                at += character.len_utf8();
            }
        }
    }
    (template, problems)
}

/// Reads what follows `${` at `start`, and tells how many bytes it took, `${` included.
fn read_variable(
    inside: &str,
    start: usize,
    template: &mut Template,
    problems: &mut Vec<VariableProblem>,
) -> usize {
    const OPEN: usize = "${".len();
    let Some(length) = variable_length(inside) else {
        template.push_str("${");
        problems.push(VariableProblem {
            kind: VariableProblemKind::MissingBrace,
            range: start..start + OPEN,
        });
        return OPEN;
    };
    let content = inside.get(..length).unwrap_or("");
    let range = start..start + OPEN + length + "}".len();
    if matches!(content, "*" | "?" | "$") {
        template.push_str(content);
        return range.len();
    }
    let (name, default) = match content.split_once(',') {
        Some((name, default)) => (name, Some(default)),
        None => (content, None),
    };
    let text = default.and_then(|default| default.strip_prefix(" '")?.strip_suffix('\''));
    let name_range = start + OPEN..start + OPEN + name.len();
    let problem = if content.is_empty() || name.is_empty() {
        Some((VariableProblemKind::Empty, range.clone()))
    } else if name.contains(char::is_whitespace) {
        Some((VariableProblemKind::BlankInKey, name_range))
    } else if default.is_some() && text.is_none_or(|text| text.contains('\'')) {
        Some((
            VariableProblemKind::BadDefault,
            name_range.end..range.end - "}".len(),
        ))
    } else if ConditionKey::new(name).is_none() {
        Some((VariableProblemKind::KeyFormat, name_range))
    } else {
        None
    };
    let usable = problem.is_none();
    problems.extend(problem.map(|(kind, range)| VariableProblem { kind, range }));
    let length = range.len();
    template.parts.push(Part::Variable(Variable {
        key: ConditionKey::new(name).filter(|_| usable),
        default: text.filter(|_| usable).map(str::to_owned),
        range,
    }));
    length
}

/// How long the content is up to the closing brace. A default in quotes may hold braces; a `${` before the brace
/// means that the brace belongs to that one and this is not closed.
fn variable_length(inside: &str) -> Option<usize> {
    if let Some(comma) = inside.find(", '") {
        let name = inside.get(..comma)?;
        let default = inside.get(comma + ", '".len()..)?;
        let quote = default.find('\'').filter(|_| !name.contains(['}', '{']));
        if let Some(quote) = quote
            && default.get(quote + 1..)?.starts_with('}')
        {
            return Some(comma + ", '".len() + quote + 1);
        }
    }
    let end = inside.find('}')?;
    (!inside.get(..end)?.contains("${")).then_some(end)
}
