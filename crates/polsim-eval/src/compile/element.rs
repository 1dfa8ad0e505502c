//! `Action`, `Resource` and their negations (S2.2, S2.3, S2.5).

use crate::compile::condition::intern_variable;
use crate::compile::disputed::{Disputed, OpenEntry};
use crate::formula::{Answer, Formula, Operand, Polarity, Quantifier, Test, Variable};
use crate::reading::Reading;
use crate::{KeyTable, Readings};
use polsim_arn::{ActionPattern, Class, Pattern, TextSet, Token};
use polsim_policy::{Element, Part, Version, read_template};
use polsim_text::Spanned;
use polsim_value::{Template, TemplateForm, TemplatePart, ValueSet};
use std::collections::BTreeSet;

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

/// The entries of one list.
#[derive(Default)]
struct Entries {
    /// Those that every reading takes alike.
    plain: Vec<Pattern>,
    /// Those that some reading takes another way.
    disputed: Vec<Disputed>,
    open: Vec<OpenEntry>,
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
    let resolved =
        element.is_negated().then(|| all_resolved(entries.open.iter().map(OpenEntry::template), keys));
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

/// The patterns of the resources that a statement can apply to, when no reading and no variable adds others; `None` for
/// statements that every resource has to be held against.
pub(super) fn indexable(element: &Element<Vec<Spanned<String>>>, version: Version) -> Option<Vec<Pattern>> {
    if element.is_negated() {
        return None;
    }
    let mut entries = Entries::default();
    // Only to see what kinds of entries there are; the keys of variables are made known elsewhere.
    let mut keys = KeyTable::default();
    element.listed().iter().for_each(|entry| entries.add(&entry.value, version, &mut keys));
    (entries.disputed.is_empty() && entries.open.is_empty()).then_some(entries.plain)
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
            .map(|part| if let TemplatePart::Token(token) = part { Some(*token) } else { None })
            .collect();
        match tokens {
            Some(tokens) => self.add_closed(entry, &tokens),
            None => {
                let template = Template { form: TemplateForm::Arn, parts };
                template.variables().for_each(|variable| intern_variable(variable, keys));
                self.open.push(OpenEntry::new(template));
            }
        }
    }

    fn add_closed(&mut self, entry: &str, tokens: &[Token]) {
        let disputed = Disputed::new(entry, tokens);
        match disputed.plain() {
            Some(pattern) => self.plain.push(pattern),
            None => self.disputed.push(disputed),
        }
    }

    /// One test for all entries, and choices only where another reading makes another set.
    fn formula(&self) -> Formula {
        let closed = self.disputed.iter().flat_map(Disputed::readings);
        let open = self.open.iter().flat_map(OpenEntry::readings);
        let readings: BTreeSet<Reading> = closed.chain(open).collect();
        let readings: Vec<Reading> = readings.into_iter().collect();
        self.under(&readings, Readings::default())
    }

    /// The formula when `undecided` readings are still to be chosen and `taken` are.
    fn under(&self, undecided: &[Reading], taken: Readings) -> Formula {
        let Some((first, rest)) = undecided.split_first() else {
            let plain = TextSet::union(self.plain.iter().cloned());
            let all = self.disputed.iter().fold(plain, |all, entry| all.or(&entry.set(taken)));
            let open = self.open.iter().map(|entry| entry.formula(taken));
            return Formula::any(std::iter::once(text(Variable::Resource, all)).chain(open));
        };
        Formula::choice(*first, self.under(rest, taken), self.under(rest, taken.with_alternative(*first)))
    }
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
                literal(entry.get(variable.range.clone()).unwrap_or(""), &mut colons, &mut result);
            }
            Part::Variable(variable) => result.push(super::condition::variable_part(variable)),
        }
    }
    result
}

/// That each variable without a default has a value: its key is there with one text that is not empty.
fn all_resolved<'t>(templates: impl Iterator<Item = &'t Template>, keys: &KeyTable) -> Formula {
    let variables = templates.flat_map(Template::variables).filter(|variable| variable.default.is_none());
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
