//! The form of the ARNs of a resource type, such as `arn:${Partition}:s3:::${BucketName}`.
//!
//! As a pattern a form says what an ARN of the type looks like *at least*: a variable may hold anything, slashes too, so
//! every real ARN of the type matches, and some that belong to a narrower type do as well. A form says nothing about
//! which characters AWS takes in a name.

use crate::template::split_variable;
use polsim_arn::{ArnPattern, Class, Pattern, Token};
use std::sync::OnceLock;

/// A form of ARNs.
#[derive(Debug)]
pub struct ArnForm {
    template: Box<str>,
    pattern: OnceLock<Pattern>,
    /// The numbers of the forms in the same service that are narrower; filled in by the service when asked for.
    pub(crate) narrower: OnceLock<Box<[u32]>>,
}

impl ArnForm {
    pub(crate) fn new(template: &str) -> Self {
        Self { template: template.into(), pattern: OnceLock::new(), narrower: OnceLock::new() }
    }

    /// As AWS writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.template
    }

    /// The pattern that every ARN of this form matches: variables are wildcards, and in the first five parts of an ARN
    /// they stop at colons (S2.3.5). Made when it is first asked for.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        self.pattern.get_or_init(|| {
            let tokens = tokens(&self.template);
            // A form with fewer than six parts is no ARN; then its variables run over everything.
            ArnPattern::from_tokens(tokens.iter().copied()).unwrap_or_else(|| Pattern::from_tokens(tokens))
        })
    }

    /// The service part of its ARNs, which may be a variable.
    #[must_use]
    pub fn service(&self) -> &str {
        self.template.split(':').nth(2).unwrap_or("")
    }
}

fn tokens(template: &str) -> Vec<Token> {
    let literal = |text: &str| {
        text.chars()
            .map(|c| if c == '*' { Token::Many(Class::Any) } else { Token::Literal(c) })
            .collect::<Vec<_>>()
    };
    let mut tokens = Vec::new();
    let mut rest = template;
    while let Some((head, tail)) = split_variable(rest) {
        tokens.extend(literal(head));
        tokens.push(Token::Many(Class::Any));
        rest = tail;
    }
    tokens.extend(literal(rest));
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_wildcards_that_stop_at_colons_in_the_first_five_parts() {
        let bucket = ArnForm::new("arn:${Partition}:s3:::${BucketName}");
        assert!(bucket.pattern().matches("arn:aws-cn:s3:::b"));
        assert!(!bucket.pattern().matches("arn:aws:s3:eu-west-1::b"));
        let group = ArnForm::new("arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}");
        assert!(group.pattern().matches("arn:aws:logs:eu-west-1:1:log-group:a:*"));
        assert!(!group.pattern().matches("arn:aws:logs:eu-west-1:x:1:log-group:a"));
        assert_eq!(group.service(), "logs");
    }

    #[test]
    fn a_star_in_a_form_is_a_wildcard() {
        let job = ArnForm::new("arn:${Partition}:backup:${Region}:*:job/*");
        assert!(job.pattern().matches("arn:aws:backup:eu-west-1:1:job/2"));
    }
}
