//! A policy made ready for comparisons.

use super::ground::{Grounds, Sample, generic};
use super::probe::Probe;
use polsim_arn::{Class, Pattern, PatternSet, TextSet, Token};
use polsim_eval::{
    CompiledPolicy, CompiledStatement, Formula, KeyTable, Operand, Polarity, Truth, Valuation, Variable,
};
use polsim_value::{Substitution, TemplatePart, ValueSet};

/// From how many patterns on an index is worth its while.
const INDEXED: usize = 12;

/// A policy made ready for comparisons.
#[derive(Clone, Debug)]
pub(crate) struct Digest {
    /// In the order of the policy's.
    pub(crate) statements: Vec<StatementDigest>,
}

/// A statement made ready.
#[derive(Clone, Debug)]
pub(crate) struct StatementDigest {
    pub(crate) actions: Entries,
    pub(crate) resources: Entries,
    /// What meets its conditions; `None` when that is not known.
    pub(crate) sample: Option<Sample>,
}

/// The actions or the resources of a statement.
#[derive(Clone, Debug)]
pub(crate) enum Entries {
    /// Those that match any of some patterns.
    Union(Union),
    /// All but those that match any of some patterns.
    AllBut { patterns: Vec<Pattern>, word: Option<String> },
    /// Some of those that match any of some patterns, each with a text that is one of them: variables, or readings that
    /// differ.
    Within(Vec<(Pattern, Option<String>)>),
    /// Something else.
    Other,
}

/// Patterns, each with a text that matches it.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) words: Vec<String>,
    index: Option<PatternSet>,
}

impl Digest {
    pub(crate) fn new(policy: &CompiledPolicy, grounds: &Grounds, keys: &KeyTable) -> Self {
        Self {
            statements: policy.statements.iter().map(|s| StatementDigest::new(s, grounds, keys)).collect(),
        }
    }
}

impl StatementDigest {
    fn new(statement: &CompiledStatement, grounds: &Grounds, keys: &KeyTable) -> Self {
        let sample = grounds.sample(statement, keys);
        let states = sample.as_ref().map_or(&[][..], |sample| &sample.states);
        let probe = Probe { keys, action: "", resource: "", states };
        Self {
            actions: Entries::new(
                &statement.action,
                &["example:example", "zqx:zqx", "sqs:sendmessage"],
                probe,
            ),
            resources: Entries::new(
                &statement.resource,
                &[
                    "arn:aws:zqx:mx-central-1:111122223333:zqx/zqx",
                    "arn:aws:s3:::zqx/zqx",
                    "arn:aws:s3:::zqx",
                ],
                probe,
            ),
            sample,
        }
    }
}

impl Entries {
    /// `examples` are texts to try where there is no pattern to make one of.
    fn new(formula: &Formula, examples: &[&str], probe: Probe<'_>) -> Self {
        if let Formula::Test(test) = formula
            && let Operand::Closed(ValueSet::Text(set)) = &test.operand
            && let Some(patterns) = set.not().as_union()
        {
            let word = examples.iter().find(|text| set.contains(text)).map(|text| (*text).to_owned());
            return Self::AllBut { patterns: patterns.to_vec(), word };
        }
        if let Formula::Test(test) = formula
            && let Operand::Closed(ValueSet::Text(set)) = &test.operand
            && let Some(patterns) = set.as_union()
        {
            return Self::Union(Union::new(patterns.to_vec(), examples));
        }
        let mut around = Vec::new();
        match formula {
            Formula::Always => Self::Union(Union::new(vec![Pattern::everything()], examples)),
            _ if surround(formula, probe, &mut around) => {
                let fits = |text: &String| formula.fold(&Probe { resource: text, ..probe }) == Truth::Yes;
                Self::Within(around.into_iter().map(|(pattern, word)| (pattern, word.filter(fits))).collect())
            }
            _ => Self::Other,
        }
    }

    /// The entries one by one, each with a text that matches it; one without a pattern when they are no patterns.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Option<&Pattern>, Option<&str>)> {
        let (union, within, single) = match self {
            Self::Union(union) => (Some(union), None, None),
            Self::Within(around) => (None, Some(around), None),
            Self::AllBut { word, .. } => (None, None, Some((None, word.as_deref()))),
            Self::Other => (None, None, Some((None, None))),
        };
        let of_union = union.into_iter().flat_map(|union| {
            union
                .patterns
                .iter()
                .zip(&union.words)
                .map(|(pattern, word)| (Some(pattern), Some(word.as_str())))
        });
        let of_within = within.into_iter().flatten().map(|(pattern, word)| (Some(pattern), word.as_deref()));
        of_union.chain(of_within).chain(single)
    }

    /// The pattern of an entry.
    pub(crate) fn pattern(&self, at: usize) -> Option<&Pattern> {
        match self {
            Self::Union(union) => union.patterns.get(at),
            Self::Within(around) => around.get(at).map(|(pattern, _)| pattern),
            Self::AllBut { .. } | Self::Other => None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Union(union) => union.patterns.len(),
            Self::Within(around) => around.len(),
            Self::AllBut { .. } | Self::Other => 1,
        }
    }
}

/// Patterns one of which everything matches that a formula holds of, whatever its variables stand for and however it is
/// read; `false` when there are none such. Each comes with a text for the variables of a probe.
fn surround(formula: &Formula, probe: Probe<'_>, around: &mut Vec<(Pattern, Option<String>)>) -> bool {
    match formula {
        Formula::Never => true,
        Formula::Any(parts) => parts.iter().all(|part| surround(part, probe, around)),
        Formula::Choice { chosen, alternative, .. } => {
            surround(chosen, probe, around) && surround(alternative, probe, around)
        }
        Formula::Test(test) => match &test.operand {
            Operand::Closed(set) => set.as_texts().is_some_and(|set| add(&set, around)),
            Operand::Open(open) => {
                if open.polarity == Polarity::Negated {
                    return false;
                }
                let value =
                    |key: &str| probe.keys.find(key).and_then(|key| probe.value(Variable::Key(key)).single());
                for template in &open.templates {
                    let tokens = template.parts.iter().map(|part| match part {
                        TemplatePart::Token(token) => *token,
                        TemplatePart::Variable(_) => Token::Many(Class::Any),
                    });
                    let word = template.close(Substitution::Literal, value).map(|pattern| generic(&pattern));
                    around.push((Pattern::from_tokens(tokens), word));
                }
                add(&open.closed, around)
            }
        },
        Formula::Always | Formula::All(_) | Formula::Not(_) => false,
    }
}

fn add(set: &TextSet, around: &mut Vec<(Pattern, Option<String>)>) -> bool {
    let patterns = set.as_union();
    let known: Vec<Pattern> = around.iter().map(|(pattern, _)| pattern.clone()).collect();
    let new = patterns.unwrap_or_default().iter().filter(|pattern| !known.contains(pattern));
    around.extend(new.map(|pattern| (pattern.clone(), Some(generic(pattern)))));
    patterns.is_some()
}

impl Union {
    fn new(patterns: Vec<Pattern>, examples: &[&str]) -> Self {
        let word = |pattern: &Pattern| match examples.first() {
            Some(example) if pattern.is_everything() => (*example).to_owned(),
            _ => generic(pattern),
        };
        let words = patterns.iter().map(word).collect();
        let index = (patterns.len() >= INDEXED).then(|| patterns.iter().cloned().collect());
        Self { patterns, words, index }
    }

    /// Whether one of the patterns covers a pattern, of which a text is given that matches it.
    pub(crate) fn covers(&self, pattern: &Pattern, word: &str) -> bool {
        match &self.index {
            // What covers the pattern matches the text.
            Some(index) => index
                .matching(word)
                .any(|number| self.patterns.get(number).is_some_and(|own| own.covers(pattern))),
            None => self.patterns.iter().any(|own| own.covers(pattern)),
        }
    }
}
