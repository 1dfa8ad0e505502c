//! The tests of a condition, one key at a time.

use polsim_policy::{Effect, KeyBlock, Operator, OperatorName, SetQuantifier, Statement};
use polsim_text::Spanned;
use polsim_value::read_truth;

/// What says where in the network a request comes from.
pub(crate) const NETWORK: [&str; 5] =
    ["aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn"];

/// One key under an operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyTest<'s> {
    /// The operator.
    pub(crate) operator: Spanned<Operator>,
    /// The key with its values.
    pub(crate) block: &'s KeyBlock,
}

/// What an operator reads its values as (S3.4–S3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    String,
    Numeric,
    Date,
    Bool,
    Binary,
    Ip,
    Arn,
    Null,
}

/// The tests of a statement in the order of the text.
pub(crate) fn tests(statement: &Statement) -> impl Iterator<Item = KeyTest<'_>> {
    let blocks = statement.condition.blocks.iter();
    blocks.flat_map(|group| group.keys.iter().map(move |block| KeyTest { operator: group.operator, block }))
}

/// Whether a statement tests one of these keys.
pub(crate) fn has_test_of(statement: &Statement, names: &[&str]) -> bool {
    tests(statement).any(|test| test.is_of(names))
}

/// Whether a statement applies only to requests that have a key.
pub(crate) fn demands(statement: &Statement, key: &str) -> bool {
    tests(statement).any(|test| test.is(key) && !test.holds_without_key())
}

impl<'s> KeyTest<'s> {
    /// The key as it is written.
    pub(crate) fn key(self) -> &'s str {
        self.block.key.value.as_str()
    }

    /// Whether it tests this key, or a key of this family when the name ends in `/`.
    pub(crate) fn is(self, name: &str) -> bool {
        let key = self.key();
        match name.strip_suffix('/') {
            Some(family) => key.split_once('/').is_some_and(|(head, _)| head.eq_ignore_ascii_case(family)),
            None => key.eq_ignore_ascii_case(name),
        }
    }

    /// Whether it tests one of these.
    pub(crate) fn is_of(self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Whether it only asks if the key is there.
    pub(crate) fn is_null(self) -> bool {
        self.family() == Family::Null
    }

    /// What its operator reads values as.
    pub(crate) fn family(self) -> Family {
        use OperatorName as Name;
        match self.operator.value.name {
            Name::StringEquals
            | Name::StringNotEquals
            | Name::StringEqualsIgnoreCase
            | Name::StringNotEqualsIgnoreCase
            | Name::StringLike
            | Name::StringNotLike => Family::String,
            Name::NumericEquals
            | Name::NumericNotEquals
            | Name::NumericLessThan
            | Name::NumericLessThanEquals
            | Name::NumericGreaterThan
            | Name::NumericGreaterThanEquals => Family::Numeric,
            Name::DateEquals
            | Name::DateNotEquals
            | Name::DateLessThan
            | Name::DateLessThanEquals
            | Name::DateGreaterThan
            | Name::DateGreaterThanEquals => Family::Date,
            Name::Bool => Family::Bool,
            Name::BinaryEquals => Family::Binary,
            Name::IpAddress | Name::NotIpAddress => Family::Ip,
            Name::ArnEquals | Name::ArnLike | Name::ArnNotEquals | Name::ArnNotLike => Family::Arn,
            Name::Null => Family::Null,
        }
    }

    /// Whether `*` and `?` are wildcards under its operator (S3.4.4, S3.10.1).
    pub(crate) fn takes_wildcards(self) -> bool {
        self.family() == Family::Arn
            || matches!(self.operator.value.name, OperatorName::StringLike | OperatorName::StringNotLike)
    }

    /// Whether it holds of a request that does not have the key (S3.1, the table).
    pub(crate) fn holds_without_key(self) -> bool {
        match (self.operator.value.quantifier, self.operator.value.name) {
            (Some(SetQuantifier::ForAllValues), _) => true,
            (Some(SetQuantifier::ForAnyValue), _) => false,
            (None, OperatorName::Null) => self.texts().any(|text| read_truth(text) == Some(true)),
            (None, name) => self.operator.value.if_exists || name.is_negated(),
        }
    }

    /// Whether a wider list of values lets more through: in an Allow that it must match, in a Deny that spares what
    /// matches.
    pub(crate) fn lets_through(self, effect: Effect) -> bool {
        (effect == Effect::Allow) != self.operator.value.name.is_negated()
    }

    /// The texts of its values.
    pub(crate) fn texts(self) -> impl Iterator<Item = &'s str> {
        self.block.values.iter().map(|value| value.value.text.as_str())
    }
}

/// Whether a value has a wildcard outside of variables.
pub(crate) fn has_wildcard(text: &str) -> bool {
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once("${") {
        if head.contains(['*', '?']) {
            return true;
        }
        rest = tail.split_once('}').map_or("", |(_, after)| after);
    }
    rest.contains(['*', '?'])
}

/// Whether a value has wildcards or variables: it is no value by itself.
pub(crate) fn is_open(text: &str) -> bool {
    text.contains("${") || has_wildcard(text)
}

/// Whether a value is still to be filled in: `<account>`, `[ROLE]`, `{id}`, `${Account}`. SYN106 speaks of them.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let is_name = |tail: &str| {
        let name = tail.split(['}', ',']).next().unwrap_or("");
        !name.contains(':') && !matches!(name, "*" | "?" | "$")
    };
    let has_brace = text.split("${").any(|piece| piece.contains('{'));
    text.contains(['<', '[']) || has_brace || text.split("${").skip(1).any(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_policy::{PolicyType, parse};
    use polsim_text::{Limits, Source};

    fn of<T>(condition: &str, ask: impl FnOnce(KeyTest<'_>) -> T) -> T {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*",
                 "Condition": {condition}}}}}"#
        );
        let parsed = parse(&Source::new("a.json", text), PolicyType::Identity, &Limits::default());
        let statement = &parsed.documents[0].policy.statements[0];
        ask(tests(statement).next().unwrap())
    }

    #[test]
    fn s3_1_the_column_of_the_absent_key() {
        for (operator, value, holds) in [
            ("StringEquals", "a", false),
            ("StringNotEquals", "a", true),
            ("StringEqualsIfExists", "a", true),
            ("StringNotEqualsIfExists", "a", true),
            ("ForAllValues:StringEquals", "a", true),
            ("ForAllValues:StringNotEquals", "a", true),
            ("ForAnyValue:StringEquals", "a", false),
            ("ForAnyValue:StringNotEquals", "a", false),
            ("Null", "true", true),
            ("Null", "false", false),
        ] {
            let condition = format!(r#"{{"{operator}": {{"aws:TagKeys": "{value}"}}}}"#);
            assert_eq!(of(&condition, |test| test.holds_without_key()), holds, "{condition}");
        }
    }

    #[test]
    fn s3_2_keys_and_families_compare_without_case() {
        let condition = r#"{"StringEquals": {"AWS:requesttag/Team": "a"}}"#;
        assert!(of(condition, |test| test.is("aws:RequestTag/") && test.is("aws:RequestTag/team")));
        assert!(of(condition, |test| !test.is("aws:RequestTag") && !test.is("aws:ResourceTag/")));
    }

    #[test]
    fn wildcards_in_escapes_and_variables_are_none() {
        assert!(has_wildcard("a*") && has_wildcard("${aws:username}?"));
        assert!(!has_wildcard("a${*}b${?}") && !has_wildcard("${aws:username}"));
        assert!(is_open("${aws:username}"));
    }

    #[test]
    fn what_is_to_be_filled_in() {
        for text in ["<account>", "[ROLE]", "{{id}}", "{region}", "arn:aws:iam::${Account}:root"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["${aws:username}", "a${*}", "${aws:PrincipalTag/team, 'x'}", "arn:aws:s3:::b/*"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
