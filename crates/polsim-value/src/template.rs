//! Patterns with policy variables in them (S3.15): open until a request says what the variables stand for.

use polsim_arn::{ArnPattern, Pattern, Token, fold};

/// A pattern with variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    /// How the finished text is read.
    pub form: TemplateForm,
    /// The parts in order.
    pub parts: Vec<TemplatePart>,
}

/// How the text of a template is read once its variables are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TemplateForm {
    /// As a text.
    Text,
    /// As a text without wildcards (S3.4.3), whatever its variables hold.
    Exact,
    /// As a text without wildcards in any letter case.
    IgnoreCase,
    /// As an ARN, part by part.
    Arn,
    /// As an ARN, part by part, in which variables stand for text whatever they hold.
    ArnExact,
}

impl TemplateForm {
    /// Whether it is read part by part.
    #[must_use]
    pub fn is_arn(self) -> bool {
        matches!(self, Self::Arn | Self::ArnExact)
    }
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TemplatePart {
    /// A literal or a wildcard.
    Token(Token),
    /// A variable.
    Variable(Variable),
}

/// A policy variable: the value of a condition key of the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    /// The key in lower case; `None` for a malformed variable, which never has a value (S3.15.10).
    pub key: Option<Box<str>>,
    /// What stands for it when the key has no value (S3.15.6).
    pub default: Option<Box<str>>,
}

/// What `*` and `?` in the value of a variable are (A17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substitution {
    /// Text like any other (S3.15.7).
    Literal,
    /// Wildcards.
    Wildcards,
}

impl Template {
    /// The variables in order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.parts.iter().filter_map(|part| {
            if let TemplatePart::Variable(variable) = part { Some(variable) } else { None }
        })
    }

    /// The pattern that the template becomes when `value` says what each key holds; an absent key, an empty value and
    /// a key with several values are all `None`. Without a value and a default the template matches nothing, which is
    /// `None` too (S3.15.3–S3.15.6), as is a text that is to be an ARN and has fewer than six parts.
    pub fn close<'v>(
        &self,
        substitution: Substitution,
        mut value: impl FnMut(&str) -> Option<&'v str>,
    ) -> Option<Pattern> {
        let mut tokens = Vec::new();
        for part in &self.parts {
            match part {
                TemplatePart::Token(token) => tokens.push(*token),
                TemplatePart::Variable(variable) => {
                    let found = variable.key.as_deref().and_then(&mut value).filter(|text| !text.is_empty());
                    let text = match found {
                        Some(text) => text,
                        None => variable.default.as_deref()?,
                    };
                    tokens.extend(text.chars().map(|c| self.substituted(c, substitution)));
                }
            }
        }
        match self.form {
            TemplateForm::Text | TemplateForm::Exact => Some(Pattern::from_tokens(tokens)),
            TemplateForm::IgnoreCase => Some(Pattern::from_tokens(tokens.into_iter().map(folded))),
            TemplateForm::Arn | TemplateForm::ArnExact => ArnPattern::from_tokens(tokens),
        }
    }

    /// The template in which `*` and `?` in the values of variables are text, whatever the reading (A17).
    #[must_use]
    pub fn literal(&self) -> Self {
        let form = match self.form {
            TemplateForm::Text | TemplateForm::Exact => TemplateForm::Exact,
            TemplateForm::IgnoreCase => TemplateForm::IgnoreCase,
            TemplateForm::Arn | TemplateForm::ArnExact => TemplateForm::ArnExact,
        };
        Self { form, parts: self.parts.clone() }
    }
}

impl Template {
    /// What a character of a variable's text is.
    pub(crate) fn substituted(&self, c: char, substitution: Substitution) -> Token {
        let has_wildcards = matches!(self.form, TemplateForm::Text | TemplateForm::Arn);
        match (substitution == Substitution::Wildcards && has_wildcards, c) {
            (true, '*') => Token::Many(polsim_arn::Class::Any),
            (true, '?') => Token::One(polsim_arn::Class::Any),
            _ => Token::Literal(c),
        }
    }
}

fn folded(token: Token) -> Token {
    if let Token::Literal(c) = token { Token::Folded(fold(c)) } else { token }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(form: TemplateForm, before: &str, key: &str, default: Option<&str>) -> Template {
        let mut parts: Vec<TemplatePart> =
            before.chars().map(|c| TemplatePart::Token(Token::Literal(c))).collect();
        parts.push(TemplatePart::Variable(Variable {
            key: Some(key.into()),
            default: default.map(Into::into),
        }));
        Template { form, parts }
    }

    #[test]
    fn s3_15_3_without_a_value_and_a_default_it_matches_nothing() {
        let home = template(TemplateForm::Text, "home/", "aws:username", None);
        assert_eq!(home.close(Substitution::Literal, |_| None), None);
        assert_eq!(home.close(Substitution::Literal, |_| Some("")), None);
    }

    #[test]
    fn s3_15_6_the_default_stands_for_a_missing_value() {
        let home = template(TemplateForm::Text, "home/", "aws:username", Some("shared"));
        assert!(home.close(Substitution::Literal, |_| None).unwrap().matches("home/shared"));
        assert!(home.close(Substitution::Literal, |_| Some("bob")).unwrap().matches("home/bob"));
    }

    #[test]
    fn s3_15_7_a_star_in_the_value_is_text() {
        let home = template(TemplateForm::Text, "home/", "aws:username", None);
        let literal = home.close(Substitution::Literal, |_| Some("*")).unwrap();
        assert!(literal.matches("home/*") && !literal.matches("home/bob"));
        let wild = home.close(Substitution::Wildcards, |_| Some("*")).unwrap();
        assert!(wild.matches("home/bob"));
    }

    proptest::proptest! {
        #[test]
        fn matching_a_template_is_matching_its_pattern(
            parts in proptest::collection::vec(0_usize..9, 0..9),
            text in "[aA:*]{0,8}",
            first in "[aA:*?]{0,4}",
            second in proptest::option::of("[a:]{0,2}"),
            form in 0_usize..5,
            is_wild in proptest::bool::ANY,
        ) {
            let class = polsim_arn::Class::Any;
            let variable = |key: &str, default: Option<&str>| TemplatePart::Variable(Variable {
                key: Some(key.into()),
                default: default.map(Into::into),
            });
            let part = |number| match number {
                0 => TemplatePart::Token(Token::Literal('a')),
                1 => TemplatePart::Token(Token::Literal('A')),
                2..=4 => TemplatePart::Token(Token::Literal(':')),
                5 => TemplatePart::Token(Token::Many(class)),
                6 => TemplatePart::Token(Token::One(class)),
                7 => variable("first", Some("a")),
                _ => variable("second", None),
            };
            let forms = [
                TemplateForm::Text,
                TemplateForm::Exact,
                TemplateForm::IgnoreCase,
                TemplateForm::Arn,
                TemplateForm::ArnExact,
            ];
            let template = Template { form: forms[form], parts: parts.into_iter().map(part).collect() };
            let substitution = if is_wild { Substitution::Wildcards } else { Substitution::Literal };
            let value = |key: &str| if key == "first" { Some(first.as_str()) } else { second.as_deref() };
            let closed = template.close(substitution, value).map(|pattern| pattern.matches(&text));
            proptest::prop_assert_eq!(template.matches(&text, substitution, value), closed);
            let literal = template.literal().close(substitution, value);
            proptest::prop_assert_eq!(literal, template.close(Substitution::Literal, value));
        }
    }
}
