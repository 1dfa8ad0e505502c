//! `Condition`: each key under each operator becomes one test (S3).
//!
//! The corner rows of the table of S3.1 (absent, empty, several, unreadable) are answers of the test; nothing after
//! this file knows of operators.

use crate::KeyTable;
use crate::formula::{Answer, Formula, OpenOperand, Operand, Polarity, Quantifier, Test, Variable};
use crate::key::KeyId;
use crate::reading::Reading;
use polsim_arn::{ArnPattern, Class, Pattern, TextSet, Token, fold};
use polsim_policy::{
    Condition, ConditionKey, KeyBlock, Operator, OperatorName, Part, SetQuantifier, Version, read_template,
};
use polsim_value::{
    AddressRange, AddressSet, Bytes, BytesSet, Decimal, DecimalSet, Instant, InstantSet, Sort, Template,
    TemplateForm, TemplatePart, TruthSet, ValueSet, read_truth,
};

/// One formula for each key under each operator; they are joined by AND (S3.1.1).
pub(super) fn formulas(condition: &Condition, version: Version, keys: &mut KeyTable) -> Vec<Formula> {
    let mut formulas = Vec::new();
    for block in &condition.blocks {
        for key in &block.keys {
            formulas.push(key_test(block.operator.value, key, version, keys));
        }
        if block.keys.is_empty() {
            // S3.1.4
            formulas.push(Formula::choice(
                Reading::EmptyConditionNeverApplies,
                Formula::Always,
                Formula::Never,
            ));
        }
    }
    formulas
}

fn key_test(operator: Operator, block: &KeyBlock, version: Version, keys: &mut KeyTable) -> Formula {
    let key = keys.intern(&block.key.value);
    let texts: Vec<&str> = block.values.iter().map(|value| value.value.text.as_str()).collect();
    if operator.name == OperatorName::Null {
        return null(operator, key, &texts);
    }
    let corners = Corners::of(operator, key);
    let test = if matches!(sort_of(operator.name), Sort::Text | Sort::Arn | Sort::Truth) {
        textual(operator, &texts, version, keys, &corners)
    } else {
        ordered_values(operator, &texts, &corners)
    };
    if texts.is_empty() {
        // S3.1.3
        return Formula::choice(Reading::EmptyValuesNeverApply, test, Formula::Never);
    }
    test
}

/// S3.5, S3.6, S3.8, S3.9: the operators whose values hold no policy variables.
fn ordered_values(operator: Operator, texts: &[&str], corners: &Corners) -> Formula {
    let read: Vec<Option<ValueSet>> = texts.iter().map(|text| ordered(operator.name, text)).collect();
    let sort = sort_of(operator.name);
    let readable = read.iter().flatten().fold(ValueSet::none(sort), |all, set| all.or(set).unwrap_or(all));
    let lenient = corners.closed(readable, operator);
    if read.iter().all(Option::is_some) { lenient } else { corners.unreadable_operand(sort, lenient) }
}

/// Everything about a test but its operand.
struct Corners {
    variable: Variable,
    quantifier: Quantifier,
    absent: Answer,
    empty: Answer,
    polarity: Polarity,
}

impl Corners {
    fn of(operator: Operator, key: KeyId) -> Self {
        let polarity = if operator.name.is_negated() { Polarity::Negated } else { Polarity::Positive };
        let negated = polarity == Polarity::Negated;
        let (quantifier, absent, empty) = match operator.quantifier {
            // S3.3.1, S3.3.2, S3.12
            None if operator.if_exists => (
                Quantifier::Single,
                Answer::Fixed(true),
                if negated { Answer::Fixed(true) } else { Answer::By(Reading::EmptyListIsPresent, true) },
            ),
            None => (Quantifier::Single, Answer::Fixed(negated), Answer::Fixed(negated)),
            // S3.13.2
            Some(SetQuantifier::ForAllValues) => (Quantifier::All, Answer::Fixed(true), Answer::Fixed(true)),
            // S3.13.4, S3.13.6
            Some(SetQuantifier::ForAnyValue) => {
                let nothing = if operator.if_exists {
                    Answer::By(Reading::IfExistsBeatsForAny, false)
                } else {
                    Answer::Fixed(false)
                };
                (Quantifier::Any, nothing, nothing)
            }
        };
        Self { variable: Variable::Key(key), quantifier, absent, empty, polarity }
    }

    fn with(&self, operand: Operand) -> Formula {
        Formula::test(Test {
            variable: self.variable,
            quantifier: self.quantifier,
            operand,
            absent: self.absent,
            empty: self.empty,
            polarity: self.polarity,
        })
    }

    /// The test against a set of matches: negated operators ask for its complement (S3.1.2).
    fn closed(&self, matches: ValueSet, operator: Operator) -> Formula {
        let set = if operator.name.is_negated() { matches.not() } else { matches };
        self.with(Operand::Closed(set))
    }

    /// The test when a policy value cannot be read: false of every value that is there (S3.14.1), or, by the other
    /// reading, the test without that value.
    fn unreadable_operand(&self, sort: Sort, without: Formula) -> Formula {
        let strict = self.with(Operand::Closed(ValueSet::none(sort)));
        Formula::choice(Reading::UnreadableIsNoMatch, strict, without)
    }
}

/// S3.11. `Null` has no values to compare: it asks whether the key is there.
fn null(operator: Operator, key: KeyId, texts: &[&str]) -> Formula {
    match operator.quantifier {
        // S3.11.3
        Some(SetQuantifier::ForAllValues) => return Formula::Always,
        Some(SetQuantifier::ForAnyValue) => return Formula::Never,
        None => {}
    }
    let wanted: Vec<Option<bool>> = texts.iter().map(|text| read_truth(text)).collect();
    let strict = !wanted.contains(&None);
    let presence = |absent: bool, present: bool| {
        let empty = if absent == present {
            Answer::Fixed(absent)
        } else {
            Answer::By(Reading::EmptyListIsPresent, absent)
        };
        Formula::test(Test {
            variable: Variable::Key(key),
            quantifier: Quantifier::Presence(present),
            operand: Operand::Closed(ValueSet::none(Sort::Text)),
            absent: Answer::Fixed(absent),
            empty,
            polarity: Polarity::Positive,
        })
    };
    let (absent, present) = (wanted.contains(&Some(true)), wanted.contains(&Some(false)));
    if strict {
        return presence(absent, present);
    }
    // S3.14: of a key that is there the test is false.
    Formula::choice(Reading::UnreadableIsNoMatch, presence(absent, false), presence(absent, present))
}

fn sort_of(name: OperatorName) -> Sort {
    use OperatorName as Name;
    match name {
        Name::StringEquals
        | Name::StringNotEquals
        | Name::StringEqualsIgnoreCase
        | Name::StringNotEqualsIgnoreCase
        | Name::StringLike
        | Name::StringNotLike
        | Name::Null => Sort::Text,
        Name::NumericEquals
        | Name::NumericNotEquals
        | Name::NumericLessThan
        | Name::NumericLessThanEquals
        | Name::NumericGreaterThan
        | Name::NumericGreaterThanEquals => Sort::Decimal,
        Name::DateEquals
        | Name::DateNotEquals
        | Name::DateLessThan
        | Name::DateLessThanEquals
        | Name::DateGreaterThan
        | Name::DateGreaterThanEquals => Sort::Instant,
        Name::Bool => Sort::Truth,
        Name::BinaryEquals => Sort::Bytes,
        Name::IpAddress | Name::NotIpAddress => Sort::Address,
        Name::ArnEquals | Name::ArnLike | Name::ArnNotEquals | Name::ArnNotLike => Sort::Arn,
    }
}

/// What one policy value of an operator without variables matches; `None` when it cannot be read (S3.5–S3.9).
fn ordered(name: OperatorName, text: &str) -> Option<ValueSet> {
    use OperatorName as Name;
    let decimal = |set: fn(Decimal) -> DecimalSet| Decimal::read(text).map(set).map(ValueSet::Decimal);
    let instant = |set: fn(Instant) -> InstantSet| Instant::read(text).map(set).map(ValueSet::Instant);
    match name {
        Name::NumericEquals | Name::NumericNotEquals => decimal(DecimalSet::equal_to),
        Name::NumericLessThan => decimal(DecimalSet::less_than),
        Name::NumericLessThanEquals => decimal(DecimalSet::at_most),
        Name::NumericGreaterThan => decimal(DecimalSet::greater_than),
        Name::NumericGreaterThanEquals => decimal(DecimalSet::at_least),
        Name::DateEquals | Name::DateNotEquals => instant(InstantSet::equal_to),
        Name::DateLessThan => instant(InstantSet::less_than),
        Name::DateLessThanEquals => instant(InstantSet::at_most),
        Name::DateGreaterThan => instant(InstantSet::greater_than),
        Name::DateGreaterThanEquals => instant(InstantSet::at_least),
        Name::BinaryEquals => Bytes::read(text).map(BytesSet::equal_to).map(ValueSet::Bytes),
        Name::IpAddress | Name::NotIpAddress => {
            AddressRange::read(text).map(|(range, _)| ValueSet::Address(AddressSet::in_range(range)))
        }
        _ => None,
    }
}

/// S3.4, S3.7, S3.10: the operators whose values may hold policy variables.
fn textual(
    operator: Operator,
    texts: &[&str],
    version: Version,
    keys: &mut KeyTable,
    corners: &Corners,
) -> Formula {
    let sort = sort_of(operator.name);
    let mut closed = Vec::new();
    let mut closed_tokens = Vec::new();
    let mut templates = Vec::new();
    let mut readable = true;
    for text in texts {
        let template = template(operator.name, text, version);
        if template.variables().next().is_some() {
            template.variables().for_each(|variable| intern_variable(variable, keys));
            templates.push(template);
            continue;
        }
        // Without variables nothing is looked up. An ARN pattern with too few parts matches nothing (S3.10.5).
        let pattern = template.close(polsim_value::Substitution::Literal, |_| None);
        readable &= sort != Sort::Truth || read_truth(text).is_some();
        closed.extend(pattern);
        closed_tokens.push(tokens_of(&template));
    }
    if templates.is_empty() {
        return closed_text(operator, texts, (&closed, &closed_tokens), readable, corners);
    }
    let polarity = if operator.name.is_negated() { Polarity::Negated } else { Polarity::Positive };
    let open = OpenOperand { sort, closed: TextSet::union(closed.iter().cloned()), templates, polarity };
    let mut test = corners.with(Operand::Open(open.clone()));
    if sort == Sort::Arn {
        let as_text = OpenOperand {
            sort: Sort::Text,
            closed: arns_or_texts(&closed, &closed_tokens),
            templates: open.templates.into_iter().map(as_text_if_short).collect(),
            polarity,
        };
        let as_text = corners.with(Operand::Open(as_text));
        test = Formula::choice(Reading::ArnOperatorsCompareText, test, as_text);
    }
    if readable { test } else { corners.unreadable_operand(sort, test) }
}

fn closed_text(
    operator: Operator,
    texts: &[&str],
    (closed, tokens): (&[Pattern], &[Vec<Token>]),
    readable: bool,
    corners: &Corners,
) -> Formula {
    let union = TextSet::union(closed.iter().cloned());
    match sort_of(operator.name) {
        Sort::Truth => {
            let read = |value| texts.iter().any(|text| read_truth(text) == Some(value));
            let set = TruthSet { has_true: read(true), has_false: read(false) };
            let test = corners.closed(ValueSet::Truth(set), operator);
            if readable { test } else { corners.unreadable_operand(Sort::Truth, test) }
        }
        Sort::Arn => {
            let by_part = corners.closed(ValueSet::Arn(union), operator);
            Formula::choice(
                Reading::ArnOperatorsCompareText,
                by_part,
                corners.closed(ValueSet::Text(arns_or_texts(closed, tokens)), operator),
            )
        }
        _ => corners.closed(ValueSet::Text(union), operator),
    }
}

/// A27, the other reading: where a pattern has fewer than six parts, or a value is no ARN, whole texts are compared.
/// Where a pattern begins with `arn:` that makes a difference only for what negated operators do with such values.
fn arns_or_texts(by_part: &[Pattern], tokens: &[Vec<Token>]) -> TextSet {
    let text = |tokens: &Vec<Token>| Pattern::from_tokens(tokens.iter().copied());
    let is_short = |tokens: &&Vec<Token>| ArnPattern::from_tokens(tokens.iter().copied()).is_none();
    let short = tokens.iter().filter(is_short).map(text);
    let arns = TextSet::union(by_part.iter().cloned().chain(short));
    let begins_with_arn = |pattern: &Pattern| pattern.literal_prefix().starts_with("arn:");
    let odd = TextSet::union(tokens.iter().map(text).filter(|pattern| !begins_with_arn(pattern)));
    arns.or(&odd.and(&TextSet::from(ArnPattern::any()).not()))
}

/// A27, the other reading, of a pattern with variables. Whether it has six parts is told from its own colons.
fn as_text_if_short(template: Template) -> Template {
    let colons =
        template.parts.iter().filter(|part| **part == TemplatePart::Token(Token::Literal(':'))).count();
    let form = if colons < 5 { TemplateForm::Text } else { TemplateForm::Arn };
    Template { form, ..template }
}

/// The tokens of a template without variables.
fn tokens_of(template: &Template) -> Vec<Token> {
    let tokens = template
        .parts
        .iter()
        .filter_map(|part| if let TemplatePart::Token(token) = part { Some(*token) } else { None });
    tokens.collect()
}

/// How a policy value of a textual operator is matched.
fn template(name: OperatorName, text: &str, version: Version) -> Template {
    use OperatorName as Name;
    let form = match name {
        Name::StringEqualsIgnoreCase | Name::StringNotEqualsIgnoreCase | Name::Bool => {
            TemplateForm::IgnoreCase
        }
        Name::ArnEquals | Name::ArnLike | Name::ArnNotEquals | Name::ArnNotLike => TemplateForm::Arn,
        Name::StringEquals | Name::StringNotEquals => TemplateForm::Exact,
        _ => TemplateForm::Text,
    };
    // S3.4.3: in the Equals family the signs of wildcards are text.
    let has_wildcards = matches!(name, Name::StringLike | Name::StringNotLike) || form == TemplateForm::Arn;
    let literal = |c: char| match form {
        TemplateForm::IgnoreCase => TemplatePart::Token(Token::Folded(fold(c))),
        TemplateForm::Text | TemplateForm::Exact | TemplateForm::Arn | TemplateForm::ArnExact => {
            TemplatePart::Token(Token::Literal(c))
        }
    };
    let mut parts = Vec::new();
    for part in read_template(text, version).0.parts {
        match part {
            Part::Literal(text) => parts.extend(text.chars().map(literal)),
            Part::AnyOne if has_wildcards => parts.push(TemplatePart::Token(Token::One(Class::Any))),
            Part::AnyMany if has_wildcards => parts.push(TemplatePart::Token(Token::Many(Class::Any))),
            Part::AnyOne => parts.push(literal('?')),
            Part::AnyMany => parts.push(literal('*')),
            Part::Variable(variable) => parts.push(variable_part(&variable)),
        }
    }
    Template { form, parts }
}

/// A policy variable as a part of a template.
pub(super) fn variable_part(variable: &polsim_policy::Variable) -> TemplatePart {
    TemplatePart::Variable(polsim_value::Variable {
        key: variable.key.as_ref().map(|key| key.folded().into()),
        default: variable.default.as_deref().map(Into::into),
    })
}

/// Makes the key of a variable known, so that requests are asked for it.
pub(super) fn intern_variable(variable: &polsim_value::Variable, keys: &mut KeyTable) {
    if let Some(key) = variable.key.as_deref().and_then(ConditionKey::new) {
        keys.intern(&key);
    }
}
