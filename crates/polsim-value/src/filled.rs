//! A template matched with its variables filled, without building the pattern: deciding a request allocates nothing.

use crate::template::{Substitution, Template, TemplateForm, TemplatePart, Variable};
use polsim_arn::{Class, Token, fold};
use std::str::Chars;

/// A template and the text that stands for each of its variables.
struct Filled<'t, V> {
    template: &'t Template,
    substitution: Substitution,
    value: V,
}

/// A place in the tokens.
#[derive(Clone)]
struct Place<'t> {
    part: usize,
    /// What is left of the variable before `part`.
    rest: Chars<'t>,
    colons: usize,
}

impl Template {
    /// Whether a text matches the pattern that [`Template::close`] would make; `None` where that would make none.
    ///
    /// ```
    /// use polsim_value::{Substitution, Template, TemplateForm, TemplatePart, Variable};
    /// let name = Variable { key: Some("aws:username".into()), default: None };
    /// let template = Template { form: TemplateForm::Text, parts: vec![TemplatePart::Variable(name)] };
    /// assert_eq!(template.matches("bob", Substitution::Literal, |_| Some("bob")), Some(true));
    /// assert_eq!(template.matches("bob", Substitution::Literal, |_| None), None);
    /// ```
    pub fn matches<'v>(
        &'v self,
        text: &str,
        substitution: Substitution,
        value: impl FnMut(&str) -> Option<&'v str>,
    ) -> Option<bool> {
        let mut filled = Filled { template: self, substitution, value };
        if !self.variables().all(|variable| filled.text_of(variable).is_some()) {
            return None;
        }
        let mut place = Place { part: 0, rest: "".chars(), colons: 0 };
        let start = place.clone();
        while filled.next(&mut place).is_some() {}
        let is_pattern = !self.form.is_arn() || place.colons >= 5;
        is_pattern.then(|| filled.walk(start, text))
    }
}

impl<'v, V: FnMut(&str) -> Option<&'v str>> Filled<'v, V> {
    /// S3.15.3, S3.15.6.
    fn text_of(&mut self, variable: &'v Variable) -> Option<&'v str> {
        let found = variable.key.as_deref().and_then(&mut self.value);
        found.filter(|text| !text.is_empty()).or(variable.default.as_deref())
    }

    fn next(&mut self, place: &mut Place<'v>) -> Option<Token> {
        let token = loop {
            if let Some(c) = place.rest.next() {
                break self.template.substituted(c, self.substitution);
            }
            let part = self.template.parts.get(place.part)?;
            place.part += 1;
            match part {
                TemplatePart::Token(token) => break *token,
                TemplatePart::Variable(variable) => place.rest = self.text_of(variable)?.chars(),
            }
        };
        place.colons += usize::from(token == Token::Literal(':'));
        let is_head = self.template.form.is_arn() && place.colons < 5;
        Some(match token {
            Token::Literal(c) if self.template.form == TemplateForm::IgnoreCase => Token::Folded(fold(c)),
            Token::One(Class::Any) if is_head => Token::One(Class::NotColon),
            Token::Many(Class::Any) if is_head => Token::Many(Class::NotColon),
            other => other,
        })
    }

    /// Two pointers, as for patterns (S2.1.4).
    fn walk(&mut self, start: Place<'v>, text: &str) -> bool {
        let mut place = start;
        let mut rest = text.chars();
        let mut retry: Option<(Place<'v>, Chars<'_>, Class)> = None;
        loop {
            let mut after = place.clone();
            let mut behind = rest.clone();
            let fits = match self.next(&mut after) {
                Some(Token::Many(class)) => {
                    retry = Some((after.clone(), rest.clone(), class));
                    place = after;
                    continue;
                }
                Some(Token::Literal(c)) => behind.next() == Some(c),
                Some(Token::Folded(c)) => behind.next().map(fold) == Some(c),
                Some(Token::One(class)) => behind.next().is_some_and(|c| class.admits(c)),
                None if rest.as_str().is_empty() => return true,
                None => false,
            };
            if fits {
                (place, rest) = (after, behind);
                continue;
            }
            let Some((after_star, from, class)) = &mut retry else { return false };
            if !from.next().is_some_and(|c| class.admits(c)) {
                return false;
            }
            (place, rest) = (after_star.clone(), from.clone());
        }
    }
}
