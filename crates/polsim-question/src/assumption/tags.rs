//! The tags that a request passes (I12).

use super::fact::{Fact, Standing};
use super::ground::{Ground, if_then};
use polsim_arn::{Pattern, TextSet};
use polsim_eval::{Answer, Formula, Operand, Polarity, Quantifier, Reading, Test, Variable};
use polsim_value::{Sort, ValueSet};

const TAG_KEYS: &str = "aws:tagkeys";
const TAGS: &str = "aws:requesttag/";

pub(super) const I12: Fact = Fact {
    id: "I12",
    clause: "S5.5 I12",
    meaning: "aws:TagKeys lists exactly the tags that the request carries as aws:RequestTag, in any letter case",
    limits: "a tag that no policy names by aws:RequestTag may be listed all the same",
    standing: Standing::On,
    holds: |seen| {
        let listed = seen.values(TAG_KEYS);
        let is_listed = |tag: &str| listed.iter().any(|key| is_same_tag(key, tag));
        let is_there = |key: &&str| seen.lacks_altogether(&format!("{TAGS}{key}")) != Some(true);
        let is_known = seen.has(TAG_KEYS).is_some();
        listed.iter().all(is_there)
            && (!is_known
                || seen.carried(TAGS).iter().all(|name| is_listed(name.get(TAGS.len()..).unwrap_or(""))))
    },
    clauses: |ground, _| {
        let clauses =
            ground.family(TAGS).into_iter().flat_map(|name| of_tag(ground, &name).unwrap_or_default());
        clauses.collect()
    },
};

/// Whether two tag keys are one (S3.2.2).
fn is_same_tag(one: &str, other: &str) -> bool {
    Pattern::exact_ignoring_case(one).matches(other)
}

fn of_tag(ground: &Ground<'_>, name: &str) -> Option<Vec<Formula>> {
    let tag = name.strip_prefix(TAGS)?;
    let listed = ground.some(TAG_KEYS, TextSet::from(Pattern::exact_ignoring_case(tag)))?;
    let key = ground.keys.find(name)?;
    // A tag may have an empty value. By the other reading of A7 that is the same to policies as no tag at all, so that
    // nothing can be said of it.
    let is_there = Formula::test(Test {
        variable: Variable::Key(key),
        quantifier: Quantifier::Presence(true),
        operand: Operand::Closed(ValueSet::none(Sort::Text)),
        absent: Answer::By(Reading::EmptyStringIsAbsent, false),
        empty: Answer::By(Reading::EmptyStringIsAbsent, false),
        polarity: Polarity::Positive,
    });
    Some(vec![if_then(ground.has(name)?, listed.clone()), if_then(listed, is_there)])
}
