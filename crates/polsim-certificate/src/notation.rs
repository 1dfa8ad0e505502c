//! How sets, tests, questions and requests are written in a certificate.
//!
//! Two things are written alike only if they are alike. The checker relies on it, and looks whether it is so.

use crate::form::{KeyTest, QuestionForm, SetForm, StateForm, WhoForm, Within, WitnessForm};
use polsim_arn::{Class, Pattern, Shape, TextSet, Token};
use polsim_eval::{
    Answer, Formula, KeyState, NetworkPath, Operand, Polarity, Quantifier, Readings, Request, Test,
};
use polsim_question::question::{Claim, PrincipalRegion, Question, Scope};
use polsim_value::ValueSet;

/// A set of texts.
#[must_use]
pub fn set_form(set: &TextSet) -> SetForm {
    match set.shape() {
        Shape::Union(patterns) => SetForm::Match(patterns.iter().map(pattern).collect()),
        Shape::Not(set) => SetForm::Not(Box::new(set_form(set))),
        Shape::All(sets) => SetForm::All(sets.iter().map(set_form).collect()),
        Shape::Any(sets) => SetForm::Any(sets.iter().map(set_form).collect()),
    }
}

/// A pattern: `*` and `?` are wildcards; `\+` and `\.` are those that stop at colons; `\~` goes before a letter in either
/// case; `\` before anything else makes it a plain character.
fn pattern(pattern: &Pattern) -> String {
    let mut text = String::new();
    for token in pattern.tokens() {
        match *token {
            Token::Literal(c) => {
                if matches!(c, '*' | '?' | '\\') {
                    text.push('\\');
                }
                text.push(c);
            }
            Token::Folded(c) => {
                text.push_str("\\~");
                text.push(c);
            }
            Token::One(Class::Any) => text.push('?'),
            Token::Many(Class::Any) => text.push('*'),
            Token::One(Class::NotColon) => text.push_str("\\."),
            Token::Many(Class::NotColon) => text.push_str("\\+"),
        }
    }
    text
}

/// The set that is written so; `None` when a pattern is written wrongly.
pub(crate) fn read_set(form: &SetForm) -> Option<TextSet> {
    let sets = |forms: &[SetForm]| forms.iter().map(read_set).collect::<Option<Vec<_>>>();
    Some(match form {
        SetForm::Match(patterns) => {
            TextSet::union(patterns.iter().map(|text| read_pattern(text)).collect::<Option<Vec<_>>>()?)
        }
        SetForm::Not(set) => read_set(set)?.not(),
        SetForm::All(forms) => sets(forms)?.iter().fold(TextSet::all(), |all, set| all.and(set)),
        SetForm::Any(forms) => sets(forms)?.iter().fold(TextSet::none(), |any, set| any.or(set)),
    })
}

fn read_pattern(text: &str) -> Option<Pattern> {
    let mut tokens = Vec::new();
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        tokens.push(match c {
            '*' => Token::Many(Class::Any),
            '?' => Token::One(Class::Any),
            '\\' => match letters.next()? {
                '+' => Token::Many(Class::NotColon),
                '.' => Token::One(Class::NotColon),
                '~' => Token::Folded(letters.next()?),
                plain @ ('*' | '?' | '\\') => Token::Literal(plain),
                _ => return None,
            },
            plain => Token::Literal(plain),
        });
    }
    Some(Pattern::from_tokens(tokens))
}

/// A test on a condition key; `None` when it has policy variables in it.
#[must_use]
pub fn key_test(test: &Test) -> Option<KeyTest> {
    let Operand::Closed(set) = &test.operand else { return None };
    let of = match test.quantifier {
        Quantifier::Single => "single",
        Quantifier::All => "all",
        Quantifier::Any => "any",
        Quantifier::Presence(true) => "present",
        Quantifier::Presence(false) => "not-present",
    };
    Some(KeyTest {
        of: of.to_owned(),
        within: within(set),
        negated: test.polarity == Polarity::Negated,
        absent: answer(test.absent),
        empty: answer(test.empty),
    })
}

fn within(set: &ValueSet) -> Within {
    let other = |sort: &str, values: String| Within::Other { sort: sort.to_owned(), values };
    match set {
        ValueSet::Text(set) => Within::Text(set_form(set)),
        ValueSet::Arn(set) => Within::Arn(set_form(set)),
        ValueSet::Truth(set) => other("truth", format!("true: {}, false: {}", set.has_true, set.has_false)),
        ValueSet::Decimal(set) => other("number", set.to_string()),
        ValueSet::Instant(set) => other("date", set.to_string()),
        ValueSet::Address(set) => other("address", set.to_string()),
        ValueSet::Bytes(set) => other("bytes", set.to_string()),
    }
}

fn answer(answer: Answer) -> String {
    match answer {
        Answer::Fixed(answer) => answer.to_string(),
        Answer::By(reading, chosen) => format!("{chosen} unless {}", reading.name()),
    }
}

/// A question.
#[must_use]
pub fn question_form(question: &Question<'_>) -> QuestionForm {
    let region = question.region;
    let keys = question.model.keys();
    let mut known: Vec<(String, StateForm)> = region
        .known
        .iter()
        .filter_map(|(key, state)| Some((keys.key(*key)?.folded(), state_form(state))))
        .collect();
    known.sort_by(|a, b| a.0.cmp(&b.0));
    QuestionForm {
        claim: claim(question.claim),
        scope: match question.scope {
            Scope::Whole => "whole".to_owned(),
            Scope::Alone(layers) => layers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        },
        actions: region.actions.iter().map(|action| action.folded().to_owned()).collect(),
        resources: region.resources.iter().map(pattern).collect(),
        principal: match &region.principal {
            PrincipalRegion::Anyone => "anyone".to_owned(),
            PrincipalRegion::Kinds(kinds) => {
                kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" ")
            }
            PrincipalRegion::One(principal) => format!("{principal:?}"),
            PrincipalRegion::Arn(arn) => format!("arn {}", pattern(arn)),
        },
        keys: region.keys.iter().map(|formula| formula_text(formula, question)).collect(),
        known,
        paths: region.paths.iter().map(|path| path_word(*path).to_owned()).collect(),
        resource_account: region.resource_account.clone(),
        assumptions: region.assumptions.iter().map(|assumption| assumption.id().to_owned()).collect(),
        has_reference: region.reference.is_some(),
    }
}

fn claim(claim: Claim<'_>) -> String {
    match claim {
        Claim::Verdict(expect) => expect.as_str().to_owned(),
        Claim::NoMoreThan(_) => "no-more-than".to_owned(),
        Claim::Disjoint(_) => "disjoint".to_owned(),
    }
}

/// What the region says of a key, in the notation of the program but for the key, whose number may change.
fn formula_text(formula: &Formula, question: &Question<'_>) -> String {
    let mut keys = Vec::new();
    formula.for_each_test(&mut |test| {
        if let polsim_eval::Variable::Key(key) = test.variable {
            keys.extend(question.model.keys().key(key).map(polsim_policy::ConditionKey::folded));
        }
    });
    format!("{} {formula:?}", keys.join(" "))
}

pub(crate) fn path_word(path: NetworkPath) -> &'static str {
    match path {
        NetworkPath::Direct => "direct",
        NetworkPath::Gateway => "gateway",
        NetworkPath::Interface => "interface",
    }
}

fn state_form(state: &KeyState) -> StateForm {
    match state {
        KeyState::Absent => StateForm::Absent,
        KeyState::One(value) => StateForm::One(value.clone()),
        KeyState::List(values) => StateForm::List(values.clone()),
        KeyState::Open => StateForm::Open,
    }
}

pub(crate) fn read_state(form: &StateForm) -> KeyState {
    match form {
        StateForm::Absent => KeyState::Absent,
        StateForm::One(value) => KeyState::One(value.clone()),
        StateForm::List(values) => KeyState::List(values.clone()),
        StateForm::Open => KeyState::Open,
    }
}

/// A request, and how ambiguities are read for it.
#[must_use]
pub fn witness_form(request: &Request, readings: Readings) -> WitnessForm {
    let who = &request.principal;
    WitnessForm {
        principal: WhoForm {
            kind: who.kind.as_str().to_owned(),
            arn: who.arn.clone(),
            issuer_arn: who.issuer_arn.clone(),
            unique_id: who.unique_id.clone(),
            canonical_id: who.canonical_id.clone(),
        },
        action: request.action.to_string(),
        resource: request.resource.clone(),
        resource_account: request.resource_account.clone(),
        path: path_word(request.path).to_owned(),
        context: request.context.iter().map(|(key, state)| (key.to_string(), state_form(state))).collect(),
        readings: readings.alternatives().map(|reading| reading.name().to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_as_they_are_written() {
        let arn = polsim_arn::ArnPattern::parse("arn:aws:s3:*:?:a\\*b").unwrap();
        let odd = Pattern::from_tokens("a*?\\".chars().map(Token::Literal));
        for original in [arn, odd, Pattern::exact_ignoring_case("True"), Pattern::wildcard("a*b?")] {
            assert_eq!(read_pattern(&pattern(&original)), Some(original));
        }
        assert_eq!(read_pattern("a\\b"), None);
        assert_eq!(read_pattern("a\\"), None);
    }

    #[test]
    fn sets_are_read_as_they_are_written() {
        let a = TextSet::from(Pattern::wildcard("a*"));
        let b = TextSet::union([Pattern::exact("b"), Pattern::exact("c")]);
        for set in [a.clone(), a.and(&b.not()), a.not().or(&b), TextSet::all(), TextSet::none()] {
            assert_eq!(read_set(&set_form(&set)), Some(set));
        }
    }
}
