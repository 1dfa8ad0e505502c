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
    let mut reading =
        Reading { text, ahead: [0; NEEDLES.len()], template: Template::default(), problems: Vec::new() };
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(character) = rest.chars().next() else {
            break;
        };
        if version == Version::V2012 && at >= first && rest.starts_with(OPEN) {
            at = reading.variable(at);
        } else {
            reading.template.push_char(character);
            at += character.len_utf8();
        }
    }
    (reading.template, reading.problems)
}

const OPEN: &str = "${";
const CLOSE: &str = "}";
const DEFAULT: &str = ", '";
const QUOTE: &str = "'";

/// What a variable is looked through for; each is searched once through the text, so that reading stays linear.
const NEEDLES: [&str; 4] = [OPEN, CLOSE, DEFAULT, QUOTE];

struct Reading<'t> {
    text: &'t str,
    /// For each needle where it stands next, as far as is known; the length of the text when nowhere.
    ahead: [usize; NEEDLES.len()],
    template: Template,
    problems: Vec<VariableProblem>,
}

impl Reading<'_> {
    /// Where the needle stands at `from` or behind. Calls for one needle come with growing `from`.
    fn next(&mut self, needle: &str, from: usize) -> Option<usize> {
        let index = NEEDLES.iter().position(|known| *known == needle)?;
        let known = self.ahead.get_mut(index)?;
        let is_behind =
            *known < from || !self.text.get(*known..).is_some_and(|rest| rest.starts_with(needle));
        // Once it was found nowhere it is not searched again.
        if is_behind && *known < self.text.len() {
            let found = self.text.get(from..).and_then(|rest| rest.find(needle));
            *known = found.map_or(self.text.len(), |at| from + at);
        }
        (*known < self.text.len()).then_some(*known)
    }

    /// Where the variable that opens at `start` closes. A default in quotes may hold braces; a `${` before the brace
    /// means that the brace belongs to that one and this is not closed.
    fn close(&mut self, start: usize) -> Option<usize> {
        let inside = start + OPEN.len();
        let close = self.next(CLOSE, inside)?;
        let nested = self.next(OPEN, inside).filter(|nested| *nested < close);
        let default = self.next(DEFAULT, inside).filter(|default| *default < nested.unwrap_or(close));
        if let Some(default) = default
            && let Some(quote) = self.next(QUOTE, default + DEFAULT.len())
            && self.text.get(quote + QUOTE.len()..)?.starts_with(CLOSE)
        {
            return Some(quote + QUOTE.len());
        }
        nested.is_none().then_some(close)
    }

    /// Reads the variable that opens at `start`, and tells where to go on.
    fn variable(&mut self, start: usize) -> usize {
        let inside = start + OPEN.len();
        let Some(close) = self.close(start) else {
            self.template.push_str(OPEN);
            self.problems
                .push(VariableProblem { kind: VariableProblemKind::MissingBrace, range: start..inside });
            return inside;
        };
        let range = start..close + CLOSE.len();
        let content = self.text.get(inside..close).unwrap_or("");
        if matches!(content, "*" | "?" | "$") {
            self.template.push_str(content);
            return range.end;
        }
        let (name, default) = match content.split_once(',') {
            Some((name, default)) => (name, Some(default)),
            None => (content, None),
        };
        let text = default.and_then(|default| default.strip_prefix(" '")?.strip_suffix('\''));
        let name_range = inside..inside + name.len();
        let problem = if name.is_empty() {
            Some((VariableProblemKind::Empty, range.clone()))
        } else if name.contains(char::is_whitespace) {
            Some((VariableProblemKind::BlankInKey, name_range))
        } else if default.is_some() && text.is_none_or(|text| text.contains('\'')) {
            Some((VariableProblemKind::BadDefault, name_range.end..close))
        } else if ConditionKey::new(name).is_none() {
            Some((VariableProblemKind::KeyFormat, name_range))
        } else {
            None
        };
        let key = ConditionKey::new(name).filter(|_| problem.is_none());
        let default = text.filter(|_| key.is_some()).map(str::to_owned);
        self.problems.extend(problem.map(|(kind, range)| VariableProblem { kind, range }));
        let end = range.end;
        self.template.parts.push(Part::Variable(Variable { key, default, range }));
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Part {
        Part::Literal(text.to_owned())
    }

    fn variable(key: &str, default: Option<&str>, range: Range<usize>) -> Part {
        let default = default.map(str::to_owned);
        Part::Variable(Variable { key: ConditionKey::new(key), default, range })
    }

    fn parts(text: &str) -> Vec<Part> {
        let (template, problems) = read_template(text, Version::V2012);
        assert_eq!(problems, [], "{text}");
        template.parts
    }

    /// The kind of the only problem and the text under it.
    fn problem(text: &str) -> (VariableProblemKind, &str) {
        let (template, problems) = read_template(text, Version::V2012);
        let [problem] = problems.as_slice() else { panic!("{text}: {problems:?}") };
        assert!(template.variables().all(|variable| variable.key.is_none() && variable.default.is_none()));
        (problem.kind, text.get(problem.range.clone()).unwrap())
    }

    #[test]
    fn s2_1_1_wildcards_and_nothing_else() {
        assert_eq!(
            parts("a*b?[c]\\"),
            [literal("a"), Part::AnyMany, literal("b"), Part::AnyOne, literal("[c]\\")]
        );
        assert_eq!(parts(""), []);
        assert_eq!(parts("ł$"), [literal("ł$")]);
    }

    #[test]
    fn s2_3_8_escapes_are_literal_and_merge() {
        assert_eq!(parts("a${*}${?}b${$}c"), [literal("a*?b$c")]);
        assert!(read_template("${*}", Version::V2012).0.is_closed());
    }

    #[test]
    fn s3_15_1_variables_and_defaults() {
        assert_eq!(parts("${aws:username}"), [variable("aws:username", None, 0..15)]);
        let text = "x/${aws:PrincipalTag/a:b/c, 'te}am'}*";
        assert_eq!(
            parts(text),
            [literal("x/"), variable("aws:PrincipalTag/a:b/c", Some("te}am"), 2..36), Part::AnyMany]
        );
        assert_eq!(parts("${a:b, ''}"), [variable("a:b", Some(""), 0..10)]);
        assert_eq!(parts("${a:b, '${c:d}'}"), [variable("a:b", Some("${c:d}"), 0..16)]);
        let (template, _) = read_template("${a:b}${c:d}", Version::V2012);
        assert_eq!(template.variables().count(), 2);
        assert!(!template.is_closed());
    }

    #[test]
    fn s3_15_2_the_old_version_has_no_variables() {
        let (template, problems) = read_template("${aws:*}${*}${", Version::V2008);
        assert_eq!(problems, []);
        let expected = [literal("${aws:"), Part::AnyMany, literal("}${"), Part::AnyMany, literal("}${")];
        assert_eq!(template.parts, expected);
    }

    #[test]
    fn s3_15_6_a_default_stands_in_quotes_behind_a_comma_and_a_blank() {
        use VariableProblemKind::BadDefault;
        assert_eq!(problem("${a:b, x}"), (BadDefault, ", x"));
        assert_eq!(problem("${a:b,'x'}"), (BadDefault, ",'x'"));
        assert_eq!(problem("${a:b,  'x'}"), (BadDefault, ",  'x'"));
        assert_eq!(problem("${a:b, 'x}"), (BadDefault, ", 'x"));
        assert_eq!(problem("${a:b, 'x'y'}"), (BadDefault, ", 'x'y'"));
        let (template, problems) = read_template("${a:b, 'x}/${c:d, 'y'}", Version::V2012);
        assert_eq!((template.variables().count(), problems.len()), (2, 1));
    }

    #[test]
    fn s3_15_9_before_the_fifth_colon_all_is_text() {
        let text = "arn:aws:sns:*:${aws:PrincipalAccount}:${aws:username}";
        let (template, problems) = read_resource_template(text, Version::V2012);
        assert_eq!(problems, []);
        // The fifth colon is the one inside the first variable.
        assert_eq!(
            template.parts,
            [
                literal("arn:aws:sns:"),
                Part::AnyMany,
                literal(":${aws:PrincipalAccount}:"),
                variable("aws:username", None, 38..53)
            ]
        );
        assert_eq!(sixth_field(text), Some(20));
        assert_eq!(sixth_field("arn:aws:s3"), None);
        assert!(read_resource_template("arn:${aws:username}", Version::V2012).0.is_closed());
    }

    #[test]
    fn s3_15_10_malformed_variables() {
        use VariableProblemKind::{BlankInKey, Empty, KeyFormat, MissingBrace};
        assert_eq!(problem("a${aws:username"), (MissingBrace, "${"));
        assert_eq!(read_template("a${b*", Version::V2012).0.parts, [literal("a${b"), Part::AnyMany]);
        assert_eq!(problem("${aws: username}"), (BlankInKey, "aws: username"));
        assert_eq!(problem("${ }"), (BlankInKey, " "));
        assert_eq!(problem("${}"), (Empty, "${}"));
        assert_eq!(problem("${, 'x'}"), (Empty, "${, 'x'}"));
        assert_eq!(problem("${username}"), (KeyFormat, "username"));
        let (template, problems) = read_template("${a/${aws:userid}", Version::V2012);
        assert_eq!(problems.len(), 1);
        assert_eq!(template.parts, [literal("${a/"), variable("aws:userid", None, 4..17)]);
    }

    #[test]
    fn hostile_texts_are_read_in_linear_time() {
        for text in ["${", "${}", "${, '", "${a:b, '", "}'${", "${*}"] {
            let long = text.repeat(400_000);
            let (template, _) = read_template(&long, Version::V2012);
            assert!(!template.parts.is_empty());
        }
        let nested = format!("{}{}", "${".repeat(500_000), "}");
        assert_eq!(read_template(&nested, Version::V2012).1.len(), 500_000);
    }
}
