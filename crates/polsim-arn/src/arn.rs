//! ARNs of requests and patterns of ARNs in policies (S2.3, S3.10).
//!
//! An ARN has six parts, split at its first five colons; the sixth is all the rest, colons and slashes included. A
//! pattern is split the same way and compared part by part, so a wildcard never crosses one of the first five
//! colons. That is where `Resource` and `ArnLike` differ from `StringLike`.

use crate::Pattern;
use crate::pattern::wildcard_token;
use crate::token::{Class, Token};

/// An ARN split into its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Arn<'a> {
    /// The whole text.
    pub text: &'a str,
    /// `aws`, `aws-cn`, …
    pub partition: &'a str,
    /// The service prefix.
    pub service: &'a str,
    /// The Region; empty for global resources.
    pub region: &'a str,
    /// The account; empty where the service leaves it out (S3 buckets).
    pub account: &'a str,
    /// All behind the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits a text that begins with `arn:` and has at least six parts; else `None`.
    ///
    /// ```
    /// let arn = polsim_arn::Arn::parse("arn:aws:iam::111122223333:role/app").unwrap();
    /// assert_eq!((arn.account, arn.resource), ("111122223333", "role/app"));
    /// ```
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            text,
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }
}

/// Reads patterns of ARNs.
pub struct ArnPattern;

impl ArnPattern {
    /// The pattern that tokens mean part by part: up to the fifth literal colon every wildcard stops at colons. `None`
    /// when there are fewer than six parts (S3.10.5).
    #[must_use]
    pub fn from_tokens(tokens: impl IntoIterator<Item = Token>) -> Option<Pattern> {
        let mut colons = 0;
        let mut parts = Vec::new();
        for token in tokens {
            colons += usize::from(token == Token::Literal(':'));
            parts.push(match token {
                Token::One(Class::Any) if colons < 5 => Token::One(Class::NotColon),
                Token::Many(Class::Any) if colons < 5 => Token::Many(Class::NotColon),
                other => other,
            });
        }
        (colons >= 5).then(|| Pattern::from_tokens(parts))
    }

    /// The pattern that a text with the wildcards `*` and `?` means part by part; `None` when it has fewer than six
    /// parts (S3.10.5).
    #[must_use]
    pub fn parse(text: &str) -> Option<Pattern> {
        Self::from_tokens(text.chars().map(|c| wildcard_token(c, Class::Any)))
    }

    /// A pattern with fewer than six parts whose last part has a `*`, padded with `*` parts (S2.3.6, A3); `None` for
    /// a text that needs no padding or may not have it.
    #[must_use]
    pub fn parse_short(text: &str) -> Option<Pattern> {
        let parts = text.split(':').count();
        let last = text.rsplit(':').next()?;
        if parts >= 6 || !last.contains('*') {
            return None;
        }
        let padded = format!("{text}{}", ":*".repeat(6 - parts));
        Self::parse(&padded)
    }

    /// Every text that is an ARN: begins with `arn:` and has at least six parts.
    #[must_use]
    pub fn any() -> Pattern {
        let head = "arn:*:*:*:*:".chars().map(|c| wildcard_token(c, Class::NotColon));
        Pattern::from_tokens(head.chain([Token::Many(Class::Any)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, arn: &str) -> bool {
        ArnPattern::parse(pattern)
            .or_else(|| ArnPattern::parse_short(pattern))
            .is_some_and(|p| p.matches(arn))
    }

    #[test]
    fn s2_3_2_a_star_crosses_slashes_and_colons_in_the_sixth_part() {
        assert!(matches(
            "arn:aws:s3:::amazonlinux.*.amazonaws.com/*",
            "arn:aws:s3:::amazonlinux.evil/x.amazonaws.com/payload"
        ));
        assert!(matches("arn:aws:logs:*:*:log-group:*", "arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b"));
    }

    #[test]
    fn s2_3_3_the_whole_arn_matches() {
        assert!(!matches("arn:aws:s3:::b", "arn:aws:s3:::b/k"));
        assert!(!matches("arn:aws:s3:::b/*", "arn:aws:s3:::b"));
        assert!(matches("arn:aws:s3:::b*", "arn:aws:s3:::bb/k"));
    }

    #[test]
    fn s2_3_4_all_parts_mind_the_case() {
        assert!(!matches("arn:aws:s3:::B", "arn:aws:s3:::b"));
    }

    #[test]
    fn s2_3_5_a_wildcard_does_not_cross_the_first_five_colons() {
        assert!(!matches("arn:aws:*:b", "arn:aws:s3:::b"), "four parts and no star in the last");
        assert!(matches("arn:aws:s3:*:*:*", "arn:aws:s3:::b"));
        assert!(!matches("arn:*s3:::b", "arn:aws:s3:::b"), "five parts and no star in the last");
        assert!(!matches("arn:aws:sqs:?:1:q", "arn:aws:sqs:::1:q"));
    }

    #[test]
    fn s2_3_6_short_patterns_are_padded_when_the_last_part_has_a_star() {
        assert!(matches("arn:aws:s3*", "arn:aws:s3:::b/k"));
        assert!(matches("arn:aws:s3*", "arn:aws:s3express:eu-west-1:1:bucket/b"));
        assert!(!matches("arn:aws:s3:::", "arn:aws:s3:::b"), "six parts, the last one empty");
        assert!(!matches("arn:aws:s3", "arn:aws:s3:::b"));
    }

    #[test]
    fn s2_3_7_wildcards_stand_in_any_part() {
        assert!(matches("arn:*:sqs:eu-*:?11122223333:*", "arn:aws:sqs:eu-west-1:111122223333:q"));
    }

    #[test]
    fn s3_10_5_a_bare_star_is_no_arn_pattern() {
        assert_eq!(ArnPattern::parse("*"), None);
        assert_eq!(Arn::parse("*"), None);
        assert_eq!(Arn::parse("arn:aws:s3"), None);
    }
}
