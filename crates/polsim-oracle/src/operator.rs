//! The base operators (S3.4–S3.10): does one request value match one policy value?

use crate::arn::{is_arn, segments};
use crate::glob::{self, Token};
use crate::template::{OwnWildcards, Reader};
use crate::{BoolCase, BoolVariables, OddArnOperand, Readings, address, date, number};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use polsim_policy::OperatorName as Op;
use std::cmp::Ordering;

/// Reads policy values: variables and readings.
#[derive(Clone, Copy)]
pub(crate) struct Comparer<'a> {
    /// Variables (S3.15.1).
    pub(crate) reader: Reader<'a>,
    /// S8.
    pub(crate) readings: Readings,
}

impl Comparer<'_> {
    /// S3.14.1: whether the operator can read a value of the request. String operators read everything (S3.4.5).
    pub(crate) fn reads_request(&self, operator: Op, value: &str) -> bool {
        match sort(operator) {
            Sort::String | Sort::Null => true,
            Sort::Number => number::read(value).is_some(),
            Sort::Date => date::read(value, self.readings).is_some(),
            Sort::Bool => self.truth(value).is_some(),
            Sort::Binary => STANDARD.decode(value).is_ok(),
            Sort::Ip => address::read_address(value).is_some(),
            Sort::Arn => is_arn(value) || self.readings.odd_arn_operand == OddArnOperand::WholeText,
        }
    }

    /// S3.14.1: whether the operator can read a value of the policy. An ARN of too few parts is read and matches nothing
    /// (S3.10.5); so is a value whose variable has no value (S3.15.5).
    pub(crate) fn reads_policy(&self, operator: Op, value: &str) -> bool {
        match sort(operator) {
            Sort::String | Sort::Arn => true,
            Sort::Number => number::read(value).is_some(),
            Sort::Date => date::read(value, self.readings).is_some(),
            Sort::Bool => self.bool_operand(value).is_none_or(|text| self.truth(&text).is_some()),
            Sort::Binary => STANDARD.decode(value).is_ok(),
            Sort::Ip => address::read_block(value).is_some(),
            Sort::Null => self.truth(value).is_some(),
        }
    }

    /// The positive base match m(v, p) of S3.1; false when either side cannot be read. Negated operators ask the same
    /// and take the opposite of the whole list (S3.1.2).
    pub(crate) fn matches(&self, operator: Op, value: &str, policy: &str) -> bool {
        self.try_match(operator, value, policy).unwrap_or(false)
    }

    fn try_match(&self, operator: Op, value: &str, policy: &str) -> Option<bool> {
        Some(match operator {
            // S3.4.1, S3.4.3
            Op::StringEquals | Op::StringNotEquals => self.reader.read_text(policy)? == value,
            // S3.4.2
            Op::StringEqualsIgnoreCase | Op::StringNotEqualsIgnoreCase => {
                fold(&self.reader.read_text(policy)?) == fold(value)
            }
            // S3.4.4
            Op::StringLike | Op::StringNotLike => {
                glob::matches(&self.reader.read(policy, OwnWildcards::Live)?, value)
            }
            // S3.5.1: the value of the request OP the value of the policy.
            Op::NumericEquals
            | Op::NumericNotEquals
            | Op::NumericLessThan
            | Op::NumericLessThanEquals
            | Op::NumericGreaterThan
            | Op::NumericGreaterThanEquals => {
                in_order(operator, number::read(value)?.cmp(&number::read(policy)?))
            }
            // S3.6.1, S3.6.3
            Op::DateEquals
            | Op::DateNotEquals
            | Op::DateLessThan
            | Op::DateLessThanEquals
            | Op::DateGreaterThan
            | Op::DateGreaterThanEquals => {
                in_order(operator, date::read(value, self.readings)?.cmp(&date::read(policy, self.readings)?))
            }
            // S3.7.1
            Op::Bool => self.truth(value)? == self.truth(&self.bool_operand(policy)?)?,
            // S3.8.1
            Op::BinaryEquals => STANDARD.decode(value).ok()? == STANDARD.decode(policy).ok()?,
            // S3.9
            Op::IpAddress | Op::NotIpAddress => {
                address::contains(&address::read_block(policy)?, &address::read_address(value)?)
            }
            // S3.10.1
            Op::ArnEquals | Op::ArnLike | Op::ArnNotEquals | Op::ArnNotLike => {
                self.arn_matches(value, policy)?
            }
            Op::Null => return None,
        })
    }

    /// S3.10.2, S3.10.3, S3.10.5: six parts against six parts, after the variables have been put in.
    fn arn_matches(&self, value: &str, policy: &str) -> Option<bool> {
        let pattern = self.reader.read(policy, OwnWildcards::Live)?;
        let parts: Vec<&[Token]> = pattern.splitn(6, |token| *token == Token::Char(':')).collect();
        if parts.len() < 6 || !is_arn(value) {
            let whole_text = self.readings.odd_arn_operand == OddArnOperand::WholeText;
            return Some(whole_text && glob::matches(&pattern, value));
        }
        Some(parts.iter().zip(segments(value)).all(|(part, text)| glob::matches(part, text)))
    }

    /// S3.7.2: `true` or `false` in any case.
    pub(crate) fn truth(&self, text: &str) -> Option<bool> {
        let text = match self.readings.bool_case {
            BoolCase::Ignored => text.to_ascii_lowercase(),
            BoolCase::Exact => text.to_string(),
        };
        match text.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// A11: the value of `Bool` with its variables put in; `None` when one has no value.
    fn bool_operand(&self, policy: &str) -> Option<String> {
        match self.readings.bool_variables {
            BoolVariables::Substituted => self.reader.read_text(policy),
            BoolVariables::Text => Some(policy.to_string()),
        }
    }
}

/// What an operator compares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    String,
    Number,
    Date,
    Bool,
    Binary,
    Ip,
    Arn,
    Null,
}

fn sort(operator: Op) -> Sort {
    match operator {
        Op::StringEquals
        | Op::StringNotEquals
        | Op::StringEqualsIgnoreCase
        | Op::StringNotEqualsIgnoreCase
        | Op::StringLike
        | Op::StringNotLike => Sort::String,
        Op::NumericEquals
        | Op::NumericNotEquals
        | Op::NumericLessThan
        | Op::NumericLessThanEquals
        | Op::NumericGreaterThan
        | Op::NumericGreaterThanEquals => Sort::Number,
        Op::DateEquals
        | Op::DateNotEquals
        | Op::DateLessThan
        | Op::DateLessThanEquals
        | Op::DateGreaterThan
        | Op::DateGreaterThanEquals => Sort::Date,
        Op::Bool => Sort::Bool,
        Op::BinaryEquals => Sort::Binary,
        Op::IpAddress | Op::NotIpAddress => Sort::Ip,
        Op::ArnEquals | Op::ArnLike | Op::ArnNotEquals | Op::ArnNotLike => Sort::Arn,
        Op::Null => Sort::Null,
    }
}

/// S3.1.2: the negated operators, listed again from the clause.
pub(crate) fn is_negated(operator: Op) -> bool {
    matches!(
        operator,
        Op::StringNotEquals
            | Op::StringNotEqualsIgnoreCase
            | Op::StringNotLike
            | Op::NumericNotEquals
            | Op::DateNotEquals
            | Op::NotIpAddress
            | Op::ArnNotEquals
            | Op::ArnNotLike
    )
}

/// Whether "request value compared to policy value" is what the operator asks for.
fn in_order(operator: Op, order: Ordering) -> bool {
    match operator {
        Op::NumericLessThan | Op::DateLessThan => order == Ordering::Less,
        Op::NumericLessThanEquals | Op::DateLessThanEquals => order != Ordering::Greater,
        Op::NumericGreaterThan | Op::DateGreaterThan => order == Ordering::Greater,
        Op::NumericGreaterThanEquals | Op::DateGreaterThanEquals => order != Ordering::Less,
        _ => order == Ordering::Equal,
    }
}

/// S3.4.2: simple case folding, character by character: through the upper to the lower case wherever both are one
/// character. The dotless i folds to nothing but itself.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| {
            let upper = if c == '\u{131}' { c } else { single(c.to_uppercase()).unwrap_or(c) };
            single(upper.to_lowercase()).unwrap_or(upper)
        })
        .collect()
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, SubstitutedWildcards};
    use polsim_policy::Version;

    fn holds(operator: Op, value: &str, policy: &str) -> bool {
        let context = Context::new();
        let substituted = SubstitutedWildcards::Literal;
        let reader = Reader { version: Version::V2012, context: &context, substituted };
        Comparer { reader, readings: Readings::default() }.matches(operator, value, policy)
    }

    #[test]
    fn s3_1_2_the_list_agrees_with_the_syntax_tree() {
        assert!(Op::ALL.iter().all(|name| is_negated(*name) == name.is_negated()));
    }

    #[test]
    fn s3_4_strings() {
        assert!(holds(Op::StringEquals, "b*", "b*") && !holds(Op::StringEquals, "bob", "b*"));
        assert!(holds(Op::StringEquals, "*", "${*}") && holds(Op::StringLike, "a*", "?${*}"));
        assert!(holds(Op::StringEqualsIgnoreCase, "BOB\u{3a3}", "bob\u{3c2}"));
        assert!(holds(Op::StringLike, "", "") && !holds(Op::StringLike, "a", ""));
    }

    #[test]
    fn s3_5_the_request_stands_on_the_left() {
        assert!(holds(Op::NumericLessThan, "900", "3600") && !holds(Op::NumericGreaterThan, "900", "3600"));
        assert!(holds(Op::NumericLessThanEquals, "10", "10.0") && !holds(Op::NumericLessThan, "10", "10.0"));
    }

    #[test]
    fn s3_8_bytes() {
        assert!(holds(Op::BinaryEquals, "QQ==", "QQ==") && !holds(Op::BinaryEquals, "QQ==", "QR=="));
    }

    #[test]
    fn s3_10_arns() {
        assert!(holds(Op::ArnEquals, "arn:aws:sns:r:1:t:sub", "arn:aws:sns:*:1:t*"));
        assert!(!holds(Op::ArnLike, "arn:aws:sns:r:2:store:1:t", "arn:aws:sns:*:1:t"));
        assert!(!holds(Op::ArnLike, "arn:aws:sns:r:1:t", "*"));
    }
}
