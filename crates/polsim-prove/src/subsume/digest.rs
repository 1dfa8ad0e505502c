//! A policy made ready for comparisons.

use super::ground::{Grounds, Sample, generic};
use polsim_arn::{Pattern, PatternSet, TextSet};
use polsim_eval::{CompiledPolicy, CompiledStatement, Formula, KeyTable, Operand};
use polsim_value::ValueSet;

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
    /// Something else: variables, or readings that differ.
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
        Self {
            actions: Entries::new(&statement.action, &["example:example", "zqx:zqx", "sqs:sendmessage"]),
            resources: Entries::new(
                &statement.resource,
                &[
                    "arn:aws:zqx:mx-central-1:111122223333:zqx/zqx",
                    "arn:aws:s3:::zqx/zqx",
                    "arn:aws:s3:::zqx",
                ],
            ),
            sample: grounds.sample(statement, keys),
        }
    }
}

impl Entries {
    fn new(formula: &Formula, examples: &[&str]) -> Self {
        let union = |set: &TextSet| set.as_union().map(<[Pattern]>::to_vec);
        match formula {
            Formula::Always => Self::Union(Union::new(vec![Pattern::everything()], examples)),
            Formula::Test(test) => {
                let Operand::Closed(ValueSet::Text(set)) = &test.operand else { return Self::Other };
                if let Some(patterns) = union(set) {
                    return Self::Union(Union::new(patterns, examples));
                }
                match union(&set.not()) {
                    Some(patterns) => Self::AllBut {
                        word: examples.iter().find(|text| set.contains(text)).map(|text| (*text).to_owned()),
                        patterns,
                    },
                    None => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }

    /// The entries one by one, each with a text that matches it; one without a pattern when they are no patterns.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Option<&Pattern>, Option<&str>)> {
        let (union, single) = match self {
            Self::Union(union) => (Some(union), None),
            Self::AllBut { word, .. } => (None, Some((None, word.as_deref()))),
            Self::Other => (None, Some((None, None))),
        };
        let of_union = union.into_iter().flat_map(|union| {
            union
                .patterns
                .iter()
                .zip(&union.words)
                .map(|(pattern, word)| (Some(pattern), Some(word.as_str())))
        });
        of_union.chain(single)
    }

    /// The pattern of an entry.
    pub(crate) fn pattern(&self, at: usize) -> Option<&Pattern> {
        if let Self::Union(union) = self { union.patterns.get(at) } else { None }
    }

    pub(crate) fn len(&self) -> usize {
        if let Self::Union(union) = self { union.patterns.len() } else { 1 }
    }
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
                .any(|number| self.patterns.get(number).is_some_and(|own| covers(own, pattern))),
            None => self.patterns.iter().any(|own| covers(own, pattern)),
        }
    }
}

/// Whether every text that matches `narrow` matches `wide`; `false` may mean that it was not seen.
pub(crate) fn covers(wide: &Pattern, narrow: &Pattern) -> bool {
    wide.covers_at_a_glance(narrow)
}
