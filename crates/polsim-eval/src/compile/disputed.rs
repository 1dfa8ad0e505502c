//! Entries of `Resource` that the documents let one read in several ways (S8: A2, A3, A5, A20).

use crate::formula::{Formula, OpenOperand, Operand, Polarity, Test, Variable};
use crate::{Reading, Readings};
use polsim_arn::{ArnPattern, Class, Pattern, TextSet, Token};
use polsim_value::{Sort, Template, TemplateForm, TemplatePart};

/// Where an entry has wildcards that some reading treats another way.
#[derive(Clone, Copy)]
struct Wild {
    /// Before the sixth part (A2).
    head: bool,
    /// In the service (A20).
    service: bool,
    /// In the word before the first `/` or `:` of the sixth part (A20). S3 knows no types, and a sixth part that is
    /// `*` speaks of all of them.
    kind: bool,
    /// The sixth part is `*` (A5).
    sixth_is_star: bool,
}

impl Wild {
    fn of(tokens: &[Token]) -> Self {
        let mut parts = tokens.splitn(6, |token| *token == Token::Literal(':'));
        let head: Vec<&[Token]> = parts.by_ref().take(5).collect();
        let sixth = parts.next();
        let has_wild = |part: &[Token]| part.iter().any(is_wild);
        let service = head.get(2).copied().unwrap_or_default();
        let is_s3 = service == [Token::Literal('s'), Token::Literal('3')];
        let is_separator = |token: &Token| matches!(token, Token::Literal('/' | ':'));
        let word = sixth.and_then(|sixth| sixth.split(is_separator).next());
        let sixth_is_star = sixth == Some(&[Token::Many(Class::Any)]);
        Self {
            head: head.into_iter().any(has_wild),
            service: sixth.is_some() && has_wild(service),
            kind: !is_s3 && !sixth_is_star && word.is_some_and(has_wild),
            sixth_is_star,
        }
    }
}

/// An entry without variables other than `*`.
pub(super) struct Disputed {
    as_text: Pattern,
    /// Part by part (S2.3.5); `None` when there are fewer than six parts.
    by_part: Option<Pattern>,
    /// Padded with parts (S2.3.6), when there are fewer than six and the last one has a `*`.
    padded: Option<Pattern>,
    wild: Wild,
}

impl Disputed {
    /// An entry with its tokens; wildcards in them are of class [`Class::Any`].
    pub(super) fn new(entry: &str, tokens: &[Token]) -> Self {
        let by_part = ArnPattern::from_tokens(tokens.iter().copied());
        Self {
            as_text: Pattern::from_tokens(tokens.iter().copied()),
            padded: by_part.is_none().then(|| ArnPattern::parse_short(entry)).flatten(),
            by_part,
            wild: Wild::of(tokens),
        }
    }

    /// The pattern, when every reading takes the entry alike.
    pub(super) fn plain(&self) -> Option<Pattern> {
        self.by_part.clone().filter(|_| self.readings().next().is_none())
    }

    /// The readings that make a difference.
    pub(super) fn readings(&self) -> impl Iterator<Item = Reading> {
        let is_short = self.by_part.is_none();
        let Wild { head, service, kind, sixth_is_star } = self.wild;
        those([
            (Reading::WildcardsCrossColons, is_short || head),
            (Reading::ShortArnIsGlob, is_short),
            (Reading::ArnCoversStar, sixth_is_star),
            (Reading::WildcardServiceIsLiteral, service || kind || self.padded.is_some()),
        ])
    }

    /// The resources that it matches under given readings.
    pub(super) fn set(&self, readings: Readings) -> TextSet {
        let takes = |reading| readings.takes_alternative(reading);
        let as_text = || TextSet::from(self.as_text.clone());
        let arns = if takes(Reading::WildcardsCrossColons) {
            as_text()
        } else {
            match (&self.by_part, &self.padded) {
                (None, _) if takes(Reading::ShortArnIsGlob) => as_text(),
                (Some(pattern), _) | (None, Some(pattern)) => {
                    self.with_literal_types(pattern, takes(Reading::WildcardServiceIsLiteral))
                }
                (None, None) => TextSet::none(),
            }
        };
        if self.wild.sixth_is_star && takes(Reading::ArnCoversStar) {
            arns.or(&TextSet::only("*"))
        } else {
            arns
        }
    }

    /// A20: a service or a type with wildcards is that of no resource. What has no type is matched all the same.
    fn with_literal_types(&self, pattern: &Pattern, is_literal: bool) -> TextSet {
        let set = TextSet::from(pattern.clone());
        // A short pattern that is padded has its service in its own text, or a `*` for it.
        let wild = if self.by_part.is_none() { Wild::of(pattern.tokens()) } else { self.wild };
        match is_literal {
            true if wild.service => TextSet::none(),
            true if wild.kind => set.and(&typed().not()),
            _ => set,
        }
    }
}

/// An entry with variables in its sixth part.
pub(super) struct OpenEntry {
    template: Template,
    wild: Wild,
}

impl OpenEntry {
    pub(super) fn new(template: Template) -> Self {
        // A variable stands for text: no wildcard, and no separator that would end the type.
        let tokens: Vec<Token> = template
            .parts
            .iter()
            .map(|part| match part {
                TemplatePart::Token(token) => *token,
                TemplatePart::Variable(_) => Token::Literal('v'),
            })
            .collect();
        Self { wild: Wild::of(&tokens), template }
    }

    pub(super) fn template(&self) -> &Template {
        &self.template
    }

    /// The readings that make a difference.
    pub(super) fn readings(&self) -> impl Iterator<Item = Reading> {
        those([
            (Reading::WildcardsCrossColons, self.wild.head),
            (Reading::WildcardServiceIsLiteral, self.wild.service || self.wild.kind),
        ])
    }

    /// That the resource matches it under given readings.
    pub(super) fn formula(&self, readings: Readings) -> Formula {
        let crosses = readings.takes_alternative(Reading::WildcardsCrossColons);
        let is_literal = readings.takes_alternative(Reading::WildcardServiceIsLiteral) && !crosses;
        if is_literal && self.wild.service {
            return Formula::Never;
        }
        let form = if crosses { TemplateForm::Text } else { TemplateForm::Arn };
        let open = OpenOperand {
            sort: Sort::Text,
            closed: TextSet::none(),
            templates: vec![Template { form, ..self.template.clone() }],
            polarity: Polarity::Positive,
        };
        let test = Formula::test(Test {
            operand: Operand::Open(open),
            ..Test::text(Variable::Resource, TextSet::none())
        });
        if is_literal && self.wild.kind {
            let untyped = Formula::test(Test::text(Variable::Resource, typed().not()));
            return Formula::all([test, untyped]);
        }
        test
    }
}

fn those<const N: usize>(readings: [(Reading, bool); N]) -> impl Iterator<Item = Reading> {
    readings.into_iter().filter_map(|(reading, matters)| matters.then_some(reading))
}

fn is_wild(token: &Token) -> bool {
    matches!(token, Token::Many(_) | Token::One(_))
}

/// ARNs whose sixth part has a type.
fn typed() -> TextSet {
    let with = |separator: &str| ArnPattern::parse(&format!("arn:*:*:*:*:*{separator}*"));
    TextSet::union(["/", ":"].into_iter().filter_map(with))
}
