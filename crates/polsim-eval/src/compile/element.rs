//! `Action`, `Resource` and their negations (S2.2, S2.3, S2.5).

use crate::KeyTable;
use crate::compile::condition::intern_variable;
use crate::formula::{Answer, Formula, OpenOperand, Operand, Polarity, Quantifier, Test, Variable};
use crate::reading::Reading;
use polsim_arn::{ActionPattern, Arn, ArnPattern, Class, Pattern, TextSet, Token};
use polsim_policy::{Element, Part, Version, read_template};
use polsim_text::Spanned;
use polsim_value::{Sort, Template, TemplateForm, TemplatePart, ValueSet};

/// S2.2.5, S2.5.1.
pub(super) fn action(element: &Element<Vec<Spanned<ActionPattern>>>) -> Formula {
    let set = TextSet::union(element.listed().iter().map(|action| action.value.pattern()));
    let set = if element.is_negated() { set.not() } else { set };
    text(Variable::Action, set)
}

fn text(variable: Variable, set: TextSet) -> Formula {
    if set.is_none_at_a_glance() {
        return Formula::Never;
    }
    if set.is_all_at_a_glance() {
        return Formula::Always;
    }
    Formula::test(Test::text(variable, set))
}

/// What the entries of one list are, sorted by how certain their meaning is.
#[derive(Default)]
struct Entries {
    /// Patterns that every reading takes alike.
    plain: Vec<Pattern>,
    /// Patterns that one reading takes another way.
    disputed: Vec<(Reading, Pattern, TextSet)>,
    open: Vec<Template>,
}

/// S2.3.1, S2.5.2.
pub(super) fn resource(
    element: &Element<Vec<Spanned<String>>>,
    version: Version,
    keys: &mut KeyTable,
) -> Formula {
    let mut entries = Entries::default();
    for entry in element.listed() {
        entries.add(&entry.value, version, keys);
    }
    let resolved = element.is_negated().then(|| all_resolved(&entries.open, keys));
    let listed = entries.formula();
    match resolved {
        None => listed,
        // S3.15.4
        Some(resolved) => {
            let chosen = listed.negated();
            let strict = Formula::all([resolved, chosen.clone()]);
            Formula::choice(Reading::UnresolvedNotResource, chosen, strict)
        }
    }
}

impl Entries {
    fn add(&mut self, entry: &str, version: Version, keys: &mut KeyTable) {
        if entry == "*" {
            self.plain.push(Pattern::everything());
            return;
        }
        let (template, _) = read_template(entry, version);
        let parts = literal_before_fifth_colon(entry, &template.parts);
        let tokens: Option<Vec<Token>> = parts
            .iter()
            .map(|part| {
                if let TemplatePart::Token(token) = part {
                    Some(*token)
                } else {
                    None
                }
            })
            .collect();
        match tokens {
            Some(tokens) => self.add_closed(entry, &tokens),
            None => {
                let template = Template {
                    form: TemplateForm::Arn,
                    parts,
                };
                template
                    .variables()
                    .for_each(|variable| intern_variable(variable, keys));
                self.open.push(template);
            }
        }
    }

    fn add_closed(&mut self, entry: &str, tokens: &[Token]) {
        let as_text = Pattern::from_tokens(tokens.iter().copied());
        let Some(pattern) = ArnPattern::from_tokens(tokens.iter().copied()) else {
            // S2.3.6
            let padded = ArnPattern::parse_short(entry).map_or_else(TextSet::none, TextSet::from);
            match padded.as_union() {
                Some([padded]) => {
                    self.disputed
                        .push((Reading::ShortArnIsGlob, padded.clone(), as_text.into()))
                }
                _ => self
                    .disputed
                    .push((Reading::ShortArnIsGlob, never(), as_text.into())),
            }
            return;
        };
        if service_is_wild(entry) {
            self.disputed
                .push((Reading::WildcardServiceIsLiteral, pattern, TextSet::none()));
            return;
        }
        let (head, resource) = tokens.split_at(fifth_colon(tokens));
        let mut is_plain = true;
        if head
            .iter()
            .any(|token| matches!(token, Token::Many(_) | Token::One(_)))
        {
            self.disputed
                .push((Reading::WildcardsCrossColons, pattern.clone(), as_text.into()));
            is_plain = false;
        }
        if resource == [Token::Literal(':'), Token::Many(Class::Any)] {
            let with_star = TextSet::union([pattern.clone(), Pattern::exact("*")]);
            self.disputed
                .push((Reading::ArnCoversStar, pattern.clone(), with_star));
            is_plain = false;
        }
        if is_plain {
            self.plain.push(pattern);
        }
    }

    fn formula(self) -> Formula {
        // One test for what we chose of all entries, and choices only where the other reading is different.
        let chosen = self
            .plain
            .iter()
            .chain(self.disputed.iter().map(|(_, pattern, _)| pattern))
            .cloned();
        let mut formula = text(Variable::Resource, TextSet::union(chosen));
        for reading in self
            .disputed
            .iter()
            .map(|(reading, ..)| *reading)
            .collect::<std::collections::BTreeSet<_>>()
        {
            let mut set = TextSet::union(self.plain.iter().cloned());
            for (of, pattern, alternative) in &self.disputed {
                set = set.or(&if *of == reading {
                    alternative.clone()
                } else {
                    pattern.clone().into()
                });
            }
            formula = Formula::choice(reading, formula, text(Variable::Resource, set));
        }
        if self.open.is_empty() {
            return formula;
        }
        let open = OpenOperand {
            sort: Sort::Text,
            closed: TextSet::none(),
            templates: self.open,
            polarity: Polarity::Positive,
        };
        let test = Test {
            operand: Operand::Open(open),
            ..Test::text(Variable::Resource, TextSet::none())
        };
        Formula::any([formula, Formula::test(test)])
    }
}

/// A pattern that no resource matches: resources are `*` or begin with `arn:`.
fn never() -> Pattern {
    Pattern::exact("")
}

/// How many tokens stand before the fifth colon.
fn fifth_colon(tokens: &[Token]) -> usize {
    let colons = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| **token == Token::Literal(':'));
    colons.map(|(at, _)| at).nth(4).unwrap_or(tokens.len())
}

fn service_is_wild(entry: &str) -> bool {
    Arn::parse(entry).is_some_and(|arn| arn.service.contains(['*', '?']))
}

/// S3.15.9: before the fifth colon a variable is ordinary text.
fn literal_before_fifth_colon(entry: &str, parts: &[Part]) -> Vec<TemplatePart> {
    let mut colons = 0;
    let mut result = Vec::new();
    let literal = |text: &str, colons: &mut usize, result: &mut Vec<TemplatePart>| {
        *colons += text.matches(':').count();
        result.extend(text.chars().map(|c| TemplatePart::Token(Token::Literal(c))));
    };
    for part in parts {
        match part {
            Part::Literal(text) => literal(text, &mut colons, &mut result),
            Part::AnyOne => result.push(TemplatePart::Token(Token::One(Class::Any))),
            Part::AnyMany => result.push(TemplatePart::Token(Token::Many(Class::Any))),
            Part::Variable(variable) if colons < 5 => {
                literal(
                    entry.get(variable.range.clone()).unwrap_or(""),
                    &mut colons,
                    &mut result,
                );
            }
            Part::Variable(variable) => result.push(super::condition::variable_part(variable)),
        }
    }
    result
}

/// That each variable without a default has a value: its key is there with one text that is not empty.
fn all_resolved(templates: &[Template], keys: &mut KeyTable) -> Formula {
    let variables = templates
        .iter()
        .flat_map(Template::variables)
        .filter(|variable| variable.default.is_none());
    Formula::all(variables.map(|variable| {
        let Some(key) = variable.key.as_deref().and_then(|key| keys.find(key)) else {
            return Formula::Never;
        };
        Formula::test(Test {
            variable: Variable::Key(key),
            quantifier: Quantifier::Single,
            operand: Operand::Closed(ValueSet::Text(TextSet::only("").not())),
            absent: Answer::Fixed(false),
            empty: Answer::Fixed(false),
            polarity: Polarity::Positive,
        })
    }))
}
