//! Condition operators: a set quantifier, a base name, `IfExists` (S1.10.3).

use std::fmt;

/// A condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Operator {
    /// `ForAllValues:` or `ForAnyValue:`, when written (S3.13).
    pub quantifier: Option<SetQuantifier>,
    /// The base name.
    pub name: OperatorName,
    /// Whether `IfExists` follows (S3.12).
    pub if_exists: bool,
}

/// How an operator treats the values of a multivalued key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SetQuantifier {
    /// Every value in the request passes; true of none.
    ForAllValues,
    /// Some value in the request passes; false of none.
    ForAnyValue,
}

macro_rules! operator_names {
    ($($variant:ident),* $(,)?) => {
        /// The 27 base names of S3.4–S3.11.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OperatorName { $(#[doc = concat!("`", stringify!($variant), "`")] $variant),* }

        impl OperatorName {
            /// All base names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the policy language.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }
        }
    };
}

operator_names! {
    StringEquals, StringNotEquals, StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, StringLike, StringNotLike,
    NumericEquals, NumericNotEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals, DateNotEquals, DateLessThan, DateLessThanEquals, DateGreaterThan, DateGreaterThanEquals,
    Bool, BinaryEquals, IpAddress, NotIpAddress, ArnEquals, ArnLike, ArnNotEquals, ArnNotLike, Null,
}

impl OperatorName {
    /// Whether it holds when no policy value matches (S3.1.2).
    #[must_use]
    pub fn is_negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }
}

impl fmt::Display for OperatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Operator {
    /// Reads an operator; letters of either case are accepted (S1.10.3, A21). `None` when it is not one, and also for
    /// `NullIfExists` (S1.10.4), which the parser names apart.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (quantifier, rest) = match text.split_once(':') {
            Some((word, rest)) if word.eq_ignore_ascii_case("ForAllValues") => {
                (Some(SetQuantifier::ForAllValues), rest)
            }
            Some((word, rest)) if word.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(SetQuantifier::ForAnyValue), rest)
            }
            Some(_) => return None,
            None => (None, text),
        };
        let find = |word: &str| {
            OperatorName::ALL.iter().copied().find(|name| name.as_str().eq_ignore_ascii_case(word))
        };
        if let Some(name) = find(rest) {
            return Some(Self { quantifier, name, if_exists: false });
        }
        let cut = rest.len().checked_sub("IfExists".len())?;
        let (word, suffix) = (rest.get(..cut)?, rest.get(cut..)?);
        let name = find(word).filter(|name| *name != OperatorName::Null)?;
        suffix.eq_ignore_ascii_case("IfExists").then_some(Self { quantifier, name, if_exists: true })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.quantifier {
            Some(SetQuantifier::ForAllValues) => f.write_str("ForAllValues:")?,
            Some(SetQuantifier::ForAnyValue) => f.write_str("ForAnyValue:")?,
            None => {}
        }
        f.write_str(self.name.as_str())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_10_3_there_are_27_base_names_and_each_reads_back() {
        assert_eq!(OperatorName::ALL.len(), 27);
        for name in OperatorName::ALL {
            for quantifier in [None, Some(SetQuantifier::ForAllValues), Some(SetQuantifier::ForAnyValue)] {
                for if_exists in [false, true] {
                    let operator = Operator { quantifier, name: *name, if_exists };
                    let lawful = !(if_exists && *name == OperatorName::Null);
                    assert_eq!(
                        Operator::parse(&operator.to_string()),
                        lawful.then_some(operator),
                        "{operator}"
                    );
                }
            }
        }
    }

    #[test]
    fn s1_10_3_letter_case_is_forgiven() {
        assert_eq!(
            Operator::parse("foranyvalue:STRINGLIKEifexists").unwrap().to_string(),
            "ForAnyValue:StringLikeIfExists"
        );
        assert_eq!(Operator::parse("StringMatches"), None);
        assert_eq!(Operator::parse("ForSomeValue:StringLike"), None);
    }

    #[test]
    fn s1_10_4_null_takes_no_if_exists() {
        assert_eq!(Operator::parse("NullIfExists"), None);
    }
}
