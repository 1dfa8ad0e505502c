//! What a claim says of condition keys: `aws:SourceVpce != vpce-1a2b3c4d`.
//!
//! A constraint is read as a condition of a policy, so that it means what the same condition would mean there; that a
//! negated operator holds of a request without the key, for one.

use crate::refusal::Refusal;
use polsim_eval::{Formula, Model};
use polsim_policy::{ConditionKey, PolicyType};
use polsim_text::{Limits, Source};
use polsim_value::{AddressRange, Decimal, Instant};
use serde_json::{Map, Value, json};

/// A constraint on one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    text: String,
    operator: String,
    key: ConditionKey,
    values: Vec<String>,
}

const HELP: &str = "write `KEY = VALUE`, `KEY != VALUE`, `KEY in A,B`, `KEY not in A,B`, `KEY like PATTERN`, `KEY not like \
                    PATTERN`, `KEY < NUMBER-OR-DATE` (also <=, >, >=), `KEY present`, `KEY absent`, or an operator of \
                    IAM: `KEY ForAnyValue:StringLike a*,b*`";

impl Constraint {
    /// Reads a constraint.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{what}; {HELP}");
        let text = text.trim();
        let end = text.find(|c: char| c.is_whitespace() || "=!<>".contains(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let key = ConditionKey::new(name)
            .ok_or_else(|| wrong("it does not begin with a condition key, such as `aws:SourceVpce`"))?;
        let (word, values) =
            operator(rest.trim()).ok_or_else(|| wrong("there is no operator behind the key"))?;
        let values: Vec<String> = values.split(',').map(|value| value.trim().to_owned()).collect();
        Self::build(text.to_owned(), key, word, values)
    }

    /// The constraint of a key, a word (`=`, `not like`, `StringEqualsIfExists`, …) and its values.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn of(key: ConditionKey, word: &str, values: Vec<String>) -> Result<Self, String> {
        let text = format!("{key} {word} {}", values.join(", "));
        Self::build(text.trim_end().to_owned(), key, word, values)
    }

    fn build(text: String, key: ConditionKey, word: &str, values: Vec<String>) -> Result<Self, String> {
        let wrong = |what: &str| format!("{what}; {HELP}");
        let is_presence = matches!(word, "present" | "absent");
        if values.iter().all(String::is_empty) != is_presence {
            let what =
                if is_presence { "there is more than the key and its presence" } else { "there is no value" };
            return Err(wrong(what));
        }
        let (operator, values) = match word {
            "present" => ("Null".to_owned(), vec!["false".to_owned()]),
            "absent" => ("Null".to_owned(), vec!["true".to_owned()]),
            word => (
                operator_for(word, &values).ok_or_else(|| wrong("the values do not fit the operator"))?,
                values,
            ),
        };
        let constraint = Self { text, operator, key, values };
        match constraint.formulas(&mut Model::new()) {
            Some(_) => Ok(constraint),
            None => Err(wrong(&format!(
                "no policy could say `{}` of this key and these values",
                constraint.operator
            ))),
        }
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it demands, on the keys of a model.
    pub(crate) fn formulas(&self, model: &mut Model) -> Option<Vec<Formula>> {
        let mut keys = Map::new();
        keys.insert(self.key.as_str().to_owned(), json!(self.values));
        let mut condition = Map::new();
        condition.insert(self.operator.clone(), Value::Object(keys));
        let document = json!({
            "Version": "2012-10-17",
            "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition }
        });
        let source = Source::new("--region", document.to_string());
        let parsed = polsim_policy::parse(&source, PolicyType::Identity, &Limits::default());
        let id = model.add(parsed.single()?);
        Some(model.policy(id)?.statements.first()?.condition.clone())
    }

    /// That a constraint cannot be used with these policies.
    pub(crate) fn refused(&self) -> Refusal {
        Refusal::new("INP018", format!("`{}` is no condition", self.text)).with_help(HELP)
    }
}

/// The operator at the beginning of a text, and what is behind it.
fn operator(text: &str) -> Option<(&str, &str)> {
    let symbols = ["!=", "==", "<=", ">=", "=", "<", ">"];
    if let Some(found) = symbols.into_iter().find(|symbol| text.starts_with(symbol)) {
        return Some((found, text.get(found.len()..)?));
    }
    for words in ["not in", "not like"] {
        if let Some(rest) = text.strip_prefix(words).filter(|rest| rest.starts_with(char::is_whitespace)) {
            return Some((words, rest));
        }
    }
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (!word.is_empty()).then_some((word, rest))
}

/// IAM's operator for a word, by what the values look like.
fn operator_for(word: &str, values: &[String]) -> Option<String> {
    let all = |reads: fn(&str) -> bool| values.iter().all(|value| reads(value));
    let is_address = all(|value| AddressRange::read(value).is_some());
    let is_truth = all(|value| polsim_value::read_truth(value).is_some());
    let order = |number: &str, date: &str| {
        if all(|value| Decimal::read(value).is_some()) {
            Some(number.to_owned())
        } else {
            all(|value| Instant::read(value).is_some()).then(|| date.to_owned())
        }
    };
    let equal = match () {
        () if is_address => "IpAddress",
        () if is_truth => "Bool",
        () => "StringEquals",
    };
    let differ = if is_address { "NotIpAddress" } else { "StringNotEquals" };
    Some(match word {
        "=" | "==" | "in" => equal.to_owned(),
        "!=" | "not in" => differ.to_owned(),
        "like" => "StringLike".to_owned(),
        "not like" => "StringNotLike".to_owned(),
        "<" => order("NumericLessThan", "DateLessThan")?,
        "<=" => order("NumericLessThanEquals", "DateLessThanEquals")?,
        ">" => order("NumericGreaterThan", "DateGreaterThan")?,
        ">=" => order("NumericGreaterThanEquals", "DateGreaterThanEquals")?,
        operator => operator.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<String>) {
        let constraint = Constraint::read(text).unwrap();
        (constraint.operator, constraint.values)
    }

    #[test]
    fn signs_stand_for_operators() {
        let one = |value: &str| vec![value.to_owned()];
        assert_eq!(read("aws:SourceVpce!=vpce-1"), ("StringNotEquals".into(), one("vpce-1")));
        assert_eq!(read("aws:SourceIp in 10.0.0.0/8, 192.0.2.1").0, "IpAddress");
        assert_eq!(read("aws:SecureTransport = false").0, "Bool");
        assert_eq!(read("s3:max-keys <= 10"), ("NumericLessThanEquals".into(), one("10")));
        assert_eq!(read("aws:CurrentTime < 2026-01-01T00:00:00Z").0, "DateLessThan");
        assert_eq!(read("aws:PrincipalTag/team not like a*"), ("StringNotLike".into(), one("a*")));
        assert_eq!(read("aws:SourceVpce present"), ("Null".into(), one("false")));
        assert_eq!(read("aws:TagKeys ForAnyValue:StringEquals a,b").0, "ForAnyValue:StringEquals");
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, what) in [
            ("SourceVpce = 1", "does not begin with a condition key"),
            ("aws:SourceVpce", "no operator"),
            ("aws:SourceVpce =", "no value"),
            ("aws:SourceVpce present x", "more than the key"),
            ("aws:SourceVpce < x", "do not fit"),
            ("aws:SourceVpce Equals x", "no policy could say"),
        ] {
            let error = Constraint::read(text).unwrap_err();
            assert!(error.contains(what), "{text}: {error}");
        }
    }
}
