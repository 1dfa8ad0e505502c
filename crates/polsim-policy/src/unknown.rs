//! Keys that no request carries: they stand for what is known only later.
//!
//! A template or a plan has policies with holes: the ARN of a bucket that is not made yet, a parameter that nobody gave.
//! Such a hole becomes a key of the context under a private prefix. Then the evaluator leaves it open and the prover proves
//! for all its values, without either knowing of templates. A newcomer would doubt that a key can stand for a value that
//! is the same for all requests: a proof for all requests with all values of the key holds for each value in particular.

use crate::ConditionKey;

/// The prefix of a value that is known only later.
const VALUE: &str = "polsim:unknown/";

/// The prefix of whether a statement applies, which is known only later.
const PERHAPS: &str = "polsim:perhaps/";

/// What ends the key of a statement that is written for everyone.
const ANYONE: &str = "#anyone";

/// What parts the names in such a key.
const PART: char = '#';

/// What stands between a name and the places of its capital letters: keys are compared without case (S3.2), names with it.
const CAPITALS: char = '^';

/// What a key under a private prefix stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Later<'k> {
    /// A value of this name.
    Value(&'k str),
    /// Whether a statement applies: it depends on the value of this name.
    Perhaps(&'k str),
}

impl<'k> Later<'k> {
    /// What a key stands for; `None` when it is a key of requests.
    #[must_use]
    pub fn of(key: &'k ConditionKey) -> Option<Self> {
        let text = key.as_str();
        let behind = |prefix: &str| {
            let head = text.get(..prefix.len())?;
            head.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
        };
        let name = |text: &'k str| text.split([PART, CAPITALS]).next().unwrap_or(text);
        if let Some(text) = behind(VALUE) {
            return Some(Self::Value(name(text)));
        }
        behind(PERHAPS).map(|text| Self::Perhaps(name(text)))
    }

    /// The name of the value.
    #[must_use]
    pub fn name(self) -> &'k str {
        match self {
            Self::Value(name) | Self::Perhaps(name) => name,
        }
    }

    /// The key for a value.
    #[must_use]
    pub fn key_of_value(name: &str) -> String {
        format!("{VALUE}{}", plain(name))
    }

    /// The key for whether one statement of a policy applies, which depends on a value; `of_anyone` if it is that of a
    /// statement whose principal is not known.
    #[must_use]
    pub fn key_of_statement(name: &str, policy: &str, statement: usize, of_anyone: bool) -> String {
        let end = if of_anyone { ANYONE } else { "" };
        format!("{PERHAPS}{}{PART}{}{PART}{statement}{end}", plain(name), plain(policy))
    }

    /// Whether a key is that of a statement whose principal is not known: it is written for everyone.
    #[must_use]
    pub fn widens_principal(key: &ConditionKey) -> bool {
        matches!(Later::of(key), Some(Later::Perhaps(_)))
            && key.as_str().to_ascii_lowercase().ends_with(ANYONE)
    }
}

/// A name without the signs that mean something inside of `${…}` or part the names, and with the places of its capital
/// letters behind it.
fn plain(name: &str) -> String {
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | ',' | '\'' | '$' | PART | CAPITALS)
    };
    // Names that differ in what is replaced here must not become one.
    let escaped =
        name.chars().map(|c| if odd(c) || c == '%' { format!("%{:x}", u32::from(c)) } else { c.into() });
    let mut plain: String = escaped.collect();
    let capitals = plain.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    for (number, at) in capitals.collect::<Vec<_>>().into_iter().enumerate() {
        plain.push(if number == 0 { CAPITALS } else { '.' });
        plain.push_str(&at.to_string());
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_keys_are_told_from_keys_of_requests() {
        let key = |text: &str| ConditionKey::new(text).unwrap();
        let value = key(&Later::key_of_value("aws_s3_bucket.logs.arn"));
        assert_eq!(Later::of(&value), Some(Later::Value("aws_s3_bucket.logs.arn")));
        let perhaps = key(&Later::key_of_statement("var.name", "policy #1", 2, false));
        assert_eq!(Later::of(&perhaps), Some(Later::Perhaps("var.name")));
        assert!(!Later::widens_principal(&perhaps));
        assert!(Later::widens_principal(&key(&Later::key_of_statement("n", "p", 0, true))));
        assert_eq!(Later::of(&key("aws:username")), None);
        assert_eq!(Later::of(&key("polsim:other")), None);
    }

    #[test]
    fn a_name_can_stand_in_a_variable_and_no_two_become_one() {
        let names = ["a[\"b c\"]", "a[\"b%20c\"]", "a{b}", "a#b", "a,'b'", "a^b", "aB", "Ab", "ab"];
        let keys: std::collections::BTreeSet<String> =
            names.iter().map(|name| Later::key_of_value(name).to_ascii_lowercase()).collect();
        assert_eq!(keys.len(), names.len());
        assert!(keys.iter().all(|key| !key.contains([' ', '{', '}', ',', '#'])));
    }
}
