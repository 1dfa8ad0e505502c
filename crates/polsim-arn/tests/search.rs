//! The search and the exact questions about two patterns against the simple search of `simple`.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod simple;

use polsim_arn::{ArnPattern, Budget, Class, Pattern, Token};
use proptest::prelude::*;
use simple::Combination;

/// Patterns of every kind over a tiny alphabet: wildcards over all characters, wildcards that stop at colons, and letters
/// in either case.
fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        4 => plain(),
        2 => ("[abF*?]{0,3}", "[abF*?]{0,3}").prop_map(|(head, tail)| sectioned(&head, &tail)),
        1 => ("[ab*]{0,2}:[ab*?]{0,2}", "[ab*?]{0,2}").prop_map(|(head, tail)| sectioned(&head, &tail)),
        1 => "[abF*?]{0,4}".prop_map(|text| Pattern::from_tokens(text.chars().map(|c| token(c, Class::Any)))),
    ]
}

fn plain() -> impl Strategy<Value = Pattern> {
    prop_oneof![3 => "[ab*?]{0,6}", 1 => "[a*]{0,8}", 1 => "[ab:*]{0,4}"]
        .prop_map(|text| Pattern::wildcard(&text))
}

/// `F` is an `a` in either case.
fn token(c: char, class: Class) -> Token {
    match c {
        '*' => Token::Many(class),
        '?' => Token::One(class),
        'F' => Token::Folded('a'),
        c => Token::Literal(c),
    }
}

/// Wildcards stop at colons before the colon, and at nothing behind it: the only order that the matcher takes.
fn sectioned(head: &str, tail: &str) -> Pattern {
    let head = head.chars().map(|c| token(c, Class::NotColon));
    let tail = tail.chars().map(|c| token(c, Class::Any));
    Pattern::from_tokens(head.chain([Token::Literal(':')]).chain(tail))
}

fn arn() -> impl Strategy<Value = Pattern> {
    "[a*?]{0,2}:([ab*]:){2}(a|[*]|[*]a):[a*?]{0,2}:[ab*?:]{0,3}"
        .prop_map(|text| ArnPattern::parse(&text).unwrap())
}

fn combination(pattern: impl Strategy<Value = Pattern> + 'static) -> impl Strategy<Value = Combination> {
    pattern.prop_map(Combination::Is).prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| Combination::Not(one.into())),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Combination::All),
            prop::collection::vec(inner, 1..4).prop_map(Combination::Any),
        ]
    })
}

/// Some patterns and none of others: the shape of most questions.
fn difference(
    pattern: impl Strategy<Value = Pattern> + Clone + 'static,
) -> impl Strategy<Value = Combination> {
    let list = |count| prop::collection::vec(pattern.clone().prop_map(Combination::Is), count);
    (list(1..3), list(0..5)).prop_map(|(wanted, unwanted)| {
        let none = unwanted.into_iter().map(|one| Combination::Not(one.into()));
        Combination::All(wanted.into_iter().chain(none).collect())
    })
}

/// The same number of letters as the simple search finds, or none as well.
fn agrees(combination: &Combination) -> Result<(), TestCaseError> {
    let Ok(expected) = combination.shortest(20_000) else { return Ok(()) };
    let set = combination.set();
    let found = set.shortest(&mut Budget::default()).unwrap();
    let length = |word: &Option<String>| word.as_ref().map(|word| word.chars().count());
    prop_assert_eq!(length(&found), length(&expected), "{:?} and {:?}", found, expected);
    prop_assert_eq!(set.is_empty(&mut Budget::default()).unwrap(), expected.is_none());
    Ok(())
}

fn is_empty(parts: Vec<Combination>) -> bool {
    Combination::All(parts).shortest(1_000_000).unwrap().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(6_000) })]

    #[test]
    fn combinations_of_all_patterns(combination in combination(pattern())) {
        agrees(&combination)?;
    }

    #[test]
    fn combinations_of_plain_patterns(combination in combination(plain())) {
        agrees(&combination)?;
        if let Some(word) = combination.set().shortest(&mut Budget::default()).unwrap() {
            prop_assert!(combination.set().contains(&word), "{word:?} is no member");
        }
    }

    #[test]
    fn differences_of_all_patterns(combination in difference(pattern().boxed())) {
        agrees(&combination)?;
    }

    #[test]
    fn differences_of_patterns_with_many_stars(combination in difference("[ab*?]{2,9}".prop_map(|t| Pattern::wildcard(&t)).boxed())) {
        agrees(&combination)?;
    }

    #[test]
    fn one_pattern_covers_another_exactly(a in pattern(), b in pattern(), c in plain(), d in plain(), e in arn(), f in arn()) {
        for (wide, narrow) in [(&a, &b), (&c, &d), (&c, &b), (&e, &f), (&c, &e), (&e, &c)] {
            let rest = vec![Combination::Is(narrow.clone()), Combination::Not(Combination::Is(wide.clone()).into())];
            prop_assert_eq!(wide.covers(narrow), is_empty(rest), "{:?} {:?}", wide.tokens(), narrow.tokens());
        }
    }

    #[test]
    fn two_patterns_are_disjoint_exactly(a in pattern(), b in pattern(), c in plain(), d in plain(), e in arn(), f in arn()) {
        for (one, other) in [(&a, &b), (&c, &d), (&a, &c), (&e, &f), (&c, &e)] {
            let both = vec![Combination::Is(one.clone()), Combination::Is(other.clone())];
            prop_assert_eq!(one.is_disjoint(other), is_empty(both), "{:?} {:?}", one.tokens(), other.tokens());
            prop_assert_eq!(other.is_disjoint(one), one.is_disjoint(other));
        }
    }
}
