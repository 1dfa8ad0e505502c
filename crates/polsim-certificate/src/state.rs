//! Whether a condition key can be in a state in which some tests come out as wanted.
//!
//! What tests tell apart of a value is finite: how it stands to each of their sets, and whether it is empty. So all
//! values are sorted into kinds, and every state is tried: absent, one value of any kind, the empty list, and lists. Of a
//! list one value for each test that some value decides is enough, with one that is not empty; all others can go, since a
//! test that holds of every value holds of fewer.

use crate::words::is_empty;
use polsim_arn::{Pattern, Shape, TextSet};
use polsim_eval::{Operand, Readings, Test};
use polsim_question::keys::Arity;
use polsim_value::{Membership, Sort, ValueSet};

/// Lists that are tried before a set of tests is said to be too large to follow.
const MOST_LISTS: usize = 200_000;

/// A kind of value: whether it is empty, and how it stands to the set of each test.
type Kind = Vec<(bool, Membership)>;

/// Whether some state gives all tests the truth that is wanted; `None` when that takes too long to find out.
pub(crate) fn can_be(tests: &[(&Test, bool)], arity: Arity, ways: &[Readings]) -> Option<bool> {
    let sets: Vec<&ValueSet> = tests
        .iter()
        .map(|(test, _)| if let Operand::Closed(set) = &test.operand { Some(set) } else { None })
        .collect::<Option<_>>()?;
    let kinds = kinds(&sets)?;
    let mut lists = vec![Vec::new()];
    lists.extend(kinds.iter().map(|kind| vec![kind]));
    if arity == Arity::One {
        lists.retain(|list| !list.is_empty());
    } else {
        extend(&mut lists, &kinds, tests.len() + 1)?;
    }
    let is_so = |truth: &dyn Fn(usize, &Test) -> bool| {
        tests.iter().enumerate().all(|(place, (test, wanted))| truth(place, test) == *wanted)
    };
    Some(ways.iter().any(|readings| {
        let of_list = |list: &Vec<&Kind>| {
            is_so(&|place, test| {
                let values: Vec<_> = list.iter().filter_map(|kind| kind.get(place).copied()).collect();
                test.holds_of(&values, *readings)
            })
        };
        is_so(&|_, test| test.absent.under(*readings)) || lists.iter().any(of_list)
    }))
}

/// Adds all lists of so many values, and of two; the order makes no difference.
fn extend<'k>(lists: &mut Vec<Vec<&'k Kind>>, kinds: &'k [Kind], length: usize) -> Option<()> {
    let mut growing: Vec<(usize, Vec<&Kind>)> = vec![(0, Vec::new())];
    for _ in 0..length.max(2) {
        let longer = growing.iter().flat_map(|(first, list)| {
            kinds
                .iter()
                .enumerate()
                .skip(*first)
                .map(|(place, kind)| (place, list.iter().copied().chain([kind]).collect::<Vec<_>>()))
        });
        growing = longer.take(MOST_LISTS + 1).collect();
        if growing.len() > MOST_LISTS {
            return None;
        }
    }
    lists.extend(growing.into_iter().map(|(_, list)| list));
    Some(())
}

/// What is known of the values of a kind that is being split.
#[derive(Clone)]
struct Split {
    texts: TextSet,
    /// For each sort that is none of texts: the values, or that they cannot be read.
    ordered: Vec<(Sort, Option<ValueSet>)>,
    kind: Kind,
}

/// All kinds of values. Some may be of no value: texts that are numbers and addresses, say. That makes more states than
/// there are, never fewer.
fn kinds(sets: &[&ValueSet]) -> Option<Vec<Kind>> {
    let mut named = vec![String::new()];
    for set in sets {
        if let ValueSet::Text(texts) | ValueSet::Arn(texts) = set {
            add_names(texts, &mut named);
        }
    }
    named.sort_unstable();
    named.dedup();
    let of_text = |text: &String| sets.iter().map(|set| (text.is_empty(), set.membership(text))).collect();
    let mut kinds: Vec<Kind> = named.iter().map(of_text).collect();
    let others = TextSet::union(named.iter().map(|text| Pattern::exact(text))).not();
    let mut splits = vec![Split { texts: others, ordered: Vec::new(), kind: Vec::new() }];
    for set in sets {
        let mut finer = Vec::new();
        for split in &splits {
            finer.extend(split_by(split, set)?);
        }
        splits = finer;
    }
    kinds.extend(splits.into_iter().filter(|split| !is_two_things(split)).map(|split| split.kind));
    kinds.sort_by_key(|kind| kind.iter().map(|(_, membership)| *membership as u8).collect::<Vec<_>>());
    kinds.dedup();
    Some(kinds)
}

/// The texts that a set names one by one.
fn add_names(set: &TextSet, names: &mut Vec<String>) {
    match set.shape() {
        Shape::Union(patterns) => {
            names.extend(patterns.iter().filter_map(|p| p.as_exact().map(str::to_owned)));
        }
        Shape::Not(set) => add_names(set, names),
        Shape::All(sets) | Shape::Any(sets) => sets.iter().for_each(|set| add_names(set, names)),
    }
}

fn split_by(split: &Split, set: &ValueSet) -> Option<Vec<Split>> {
    let with = |membership| {
        let mut finer = split.clone();
        finer.kind.push((false, membership));
        finer
    };
    let mut finer = Vec::new();
    if let (Some(members), Some(others)) = (set.as_texts(), set.not().as_texts()) {
        let mut add = |texts: &TextSet, membership| {
            let texts = split.texts.and(texts);
            if !is_empty(&texts)? {
                finer.push(Split { texts, ..with(membership) });
            }
            Some(())
        };
        add(&members, Membership::In)?;
        add(&others, Membership::Out)?;
        if set.sort() != Sort::Text {
            add(&members.or(&others).not(), Membership::Unreadable)?;
        }
        return Some(finer);
    }
    let sort = set.sort();
    let known = split.ordered.iter().find(|(other, _)| *other == sort).map(|(_, values)| values.clone());
    let mut add = |values: Option<ValueSet>, membership| {
        if values.as_ref().is_none_or(|values| !values.is_none_at_a_glance()) {
            let mut split = with(membership);
            split.ordered.retain(|(other, _)| *other != sort);
            split.ordered.push((sort, values));
            finer.push(split);
        }
    };
    let all = ValueSet::none(sort).not();
    let readable = known.clone().unwrap_or(Some(all));
    if let Some(values) = &readable {
        add(Some(values.and(set)?), Membership::In);
        add(Some(values.and(&set.not())?), Membership::Out);
    }
    if known.is_none() || known == Some(None) {
        add(None, Membership::Unreadable);
    }
    Some(finer)
}

/// An address has dots or colons in a way that no number, date or base64 has.
fn is_two_things(split: &Split) -> bool {
    let read: Vec<Sort> =
        split.ordered.iter().filter(|(_, values)| values.is_some()).map(|(sort, _)| *sort).collect();
    read.contains(&Sort::Address) && read.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_eval::{Model, Quantifier, Variable};
    use polsim_policy::ConditionKey;

    fn test(quantifier: Quantifier, texts: &[&str]) -> Test {
        let key = Model::new().key_id(&ConditionKey::new("aws:TagKeys").unwrap());
        let set = TextSet::union(texts.iter().map(|text| Pattern::wildcard(text)));
        Test { quantifier, ..Test::text(Variable::Key(key), set) }
    }

    fn can(tests: &[(&Test, bool)], arity: Arity) -> bool {
        can_be(tests, arity, &[Readings::default()]).unwrap()
    }

    #[test]
    fn one_value_is_not_in_two_places() {
        let (a, b) = (test(Quantifier::Single, &["a"]), test(Quantifier::Single, &["b"]));
        assert!(!can(&[(&a, true), (&b, true)], Arity::One));
        assert!(can(&[(&a, true), (&b, false)], Arity::One));
    }

    #[test]
    fn a_list_has_as_many_values_as_are_asked_for() {
        let [a, b, c] = ["a", "b", "c"].map(|text| test(Quantifier::Any, &[text]));
        let all = test(Quantifier::All, &["a", "b"]);
        assert!(can(&[(&a, true), (&b, true), (&c, true)], Arity::Many));
        assert!(can(&[(&a, true), (&b, true), (&all, true)], Arity::Many));
        assert!(!can(&[(&c, true), (&all, true)], Arity::Many));
        assert!(!can(&[(&a, true), (&b, true)], Arity::One));
    }
}
