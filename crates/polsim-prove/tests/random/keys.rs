//! The condition keys of the small world, with the operators that fit them and values that operators tell apart.

/// What the values of a key look like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Text,
    Truth,
    Number,
    Date,
    Address,
    Arn,
}

/// How many values a request can carry (S5.3).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arity {
    One,
    Many,
    Either,
    /// The key follows from the principal.
    Derived,
}

pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) sort: Sort,
    pub(crate) arity: Arity,
}

const fn key(name: &'static str, sort: Sort, arity: Arity) -> Key {
    Key { name, sort, arity }
}

pub(crate) const KEYS: [Key; 20] = [
    key("aws:SourceVpce", Sort::Text, Arity::One),
    key("aws:SourceIp", Sort::Address, Arity::One),
    key("aws:SecureTransport", Sort::Truth, Arity::One),
    key("aws:CurrentTime", Sort::Date, Arity::One),
    key("aws:EpochTime", Sort::Number, Arity::One),
    key("aws:PrincipalTag/team", Sort::Text, Arity::One),
    key("aws:SourceArn", Sort::Arn, Arity::One),
    key("aws:ResourceAccount", Sort::Text, Arity::One),
    key("aws:TagKeys", Sort::Text, Arity::Many),
    key("aws:CalledVia", Sort::Text, Arity::Many),
    key("app:tags", Sort::Text, Arity::Either),
    key("app:size", Sort::Number, Arity::Either),
    key("app:ok", Sort::Truth, Arity::Either),
    key("app:from", Sort::Address, Arity::Either),
    key("app:arns", Sort::Arn, Arity::Either),
    key("aws:PrincipalArn", Sort::Arn, Arity::Derived),
    key("aws:PrincipalAccount", Sort::Text, Arity::Derived),
    key("aws:PrincipalType", Sort::Text, Arity::Derived),
    key("aws:userid", Sort::Text, Arity::Derived),
    key("aws:username", Sort::Text, Arity::Derived),
];

/// Values of a sort, the odd ones among them.
pub(crate) fn values(sort: Sort) -> &'static [&'static str] {
    match sort {
        Sort::Text => &["a", "ab", "b", "A", "111111111111", "222222222222", "bob", "User", "a*", "vpce-1"],
        Sort::Truth => &["true", "false", "TRUE", "maybe"],
        Sort::Number => &["1", "2", "10", "1.0", "0", "many"],
        Sort::Date => &["2026-01-01T00:00:00Z", "2027-06-01", "1767225600", "soon"],
        Sort::Address => &["10.0.0.1", "10.1.2.3", "192.0.2.1", "2001:db8::1", "nowhere"],
        Sort::Arn => &[
            "arn:aws:s3:::b/k",
            "arn:aws:iam::111111111111:user/bob",
            "arn:aws:iam::111111111111:role/team/app",
            "arn:aws:sns:eu-west-1:222222222222:t",
            "b",
        ],
    }
}

/// Operands of operators of a sort.
pub(crate) fn operands(sort: Sort) -> &'static [&'static str] {
    match sort {
        Sort::Text => &[
            "a",
            "ab",
            "b",
            "a*",
            "*",
            "?",
            "A",
            "111111111111",
            "222222222222",
            "bob",
            "User",
            "vpce-1",
            "",
            "AIDA*",
            "arn:aws:iam::*:user/*",
        ],
        Sort::Truth => &["true", "false", "false", "x"],
        Sort::Number => &["1", "2", "10", "1.0", "0", "x", "111111111111"],
        Sort::Date => &["2026-01-01T00:00:00Z", "2027-06-01", "1767225600", "x"],
        Sort::Address => &["10.0.0.0/8", "10.1.0.0/16", "192.0.2.1", "2001:db8::/32", "0.0.0.0/0", "x"],
        Sort::Arn => &[
            "arn:aws:s3:::b/*",
            "arn:aws:iam::111111111111:user/bob",
            "arn:aws:iam::*:role/*",
            "arn:aws:iam::*:user/*",
            "arn:aws:iam::111111111111:root",
            "arn:*:*:*:222222222222:*",
            "arn:aws:s3",
            "*",
        ],
    }
}

/// Operators of a sort.
pub(crate) fn operators(sort: Sort) -> &'static [&'static str] {
    match sort {
        Sort::Text => &[
            "StringEquals",
            "StringNotEquals",
            "StringLike",
            "StringNotLike",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
        ],
        Sort::Truth => &["Bool"],
        Sort::Number => &["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"],
        Sort::Date => &["DateEquals", "DateNotEquals", "DateLessThan", "DateGreaterThan"],
        Sort::Address => &["IpAddress", "NotIpAddress"],
        Sort::Arn => &["ArnLike", "ArnNotLike", "ArnEquals"],
    }
}
