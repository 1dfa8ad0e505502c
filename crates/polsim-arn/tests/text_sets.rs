//! Laws of [`TextSet`] against brute force: all short words over the letters that the patterns name, one letter that
//! none names, and the colon.

#![expect(clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use polsim_arn::{Budget, Class, OutOfSteps, Pattern, TextSet, Token};
use proptest::prelude::*;

/// A recipe for a set, so that failures print and shrink.
#[derive(Clone, Debug)]
enum Recipe {
    Pattern(String),
    IgnoreCase(String),
    Arn(String),
    Not(Box<Recipe>),
    And(Box<Recipe>, Box<Recipe>),
    Or(Box<Recipe>, Box<Recipe>),
}

impl Recipe {
    fn make(&self) -> TextSet {
        match self {
            Self::Pattern(text) => Pattern::wildcard(text).into(),
            Self::IgnoreCase(text) => Pattern::exact_ignoring_case(text).into(),
            // One part before a colon is enough to see wildcards that stop at it.
            Self::Arn(text) => {
                let head = text.chars().map(|c| match c {
                    '*' => Token::Many(Class::NotColon),
                    '?' => Token::One(Class::NotColon),
                    c => Token::Literal(c),
                });
                Pattern::from_tokens(head.chain([Token::Literal(':'), Token::Many(Class::Any)])).into()
            }
            Self::Not(set) => set.make().not(),
            Self::And(a, b) => a.make().and(&b.make()),
            Self::Or(a, b) => a.make().or(&b.make()),
        }
    }
}

fn recipe() -> impl Strategy<Value = Recipe> {
    let leaf = prop_oneof![
        4 => "[ab*?]{0,4}".prop_map(Recipe::Pattern),
        1 => "[ab]{0,2}".prop_map(Recipe::IgnoreCase),
        1 => "[a*?]{0,2}".prop_map(Recipe::Arn),
    ];
    leaf.prop_recursive(3, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|set| Recipe::Not(set.into())),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Recipe::And(a.into(), b.into())),
            (inner.clone(), inner).prop_map(|(a, b)| Recipe::Or(a.into(), b.into())),
        ]
    })
}

const LETTERS: [char; 6] = ['a', 'b', 'A', 'B', '#', ':'];

/// All words of up to `longest` letters, the short ones first.
fn words(longest: usize) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut from = 0;
    for _ in 0..longest {
        let to = words.len();
        for at in from..to {
            for letter in LETTERS {
                let mut word = words[at].clone();
                word.push(letter);
                words.push(word);
            }
        }
        from = to;
    }
    words
}

thread_local! {
    static WORDS: Vec<String> = words(5);
}

fn first_member(set: &TextSet) -> Option<String> {
    WORDS.with(|words| words.iter().find(|word| set.contains(word)).cloned())
}

fn generous() -> Budget {
    Budget::new(20_000_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_shortest_word_is_as_short_as_brute_force_finds(recipe in recipe()) {
        let set = recipe.make();
        let shortest = set.shortest(&mut generous()).unwrap();
        if let Some(word) = &shortest {
            prop_assert!(set.contains(word), "{word:?} is no member");
        }
        match first_member(&set) {
            Some(found) => prop_assert_eq!(shortest.map(|word| word.chars().count()), Some(found.chars().count())),
            // Brute force stops at five letters; a longer member may be right, and was checked above.
            None => prop_assert!(shortest.is_none_or(|word| word.chars().count() > 5)),
        }
    }

    #[test]
    fn the_algebra_is_that_of_sets(a in recipe(), b in recipe(), word in "[abAB#:]{0,6}") {
        let (a, b) = (a.make(), b.make());
        prop_assert_eq!(a.and(&b).contains(&word), a.contains(&word) && b.contains(&word));
        prop_assert_eq!(a.or(&b).contains(&word), a.contains(&word) || b.contains(&word));
        prop_assert_eq!(a.not().contains(&word), !a.contains(&word));
        prop_assert!(a.and(&a.not()).is_empty(&mut generous()).unwrap());
        prop_assert!(a.or(&a.not()).not().is_empty(&mut generous()).unwrap());
        prop_assert!(a.and(&b).is_subset(&a, &mut generous()).unwrap());
        let de_morgan = a.and(&b).not();
        let other = a.not().or(&b.not());
        prop_assert!(de_morgan.is_subset(&other, &mut generous()).unwrap());
        prop_assert!(other.is_subset(&de_morgan, &mut generous()).unwrap());
    }

    #[test]
    fn picked_members_are_members(recipe in recipe(), hint in "[ab]{0,3}") {
        let set = recipe.make();
        let picked = set.pick(&[&hint], &mut generous()).unwrap();
        prop_assert_eq!(picked.is_none(), set.is_empty(&mut generous()).unwrap());
        prop_assert!(picked.is_none_or(|word| set.contains(&word)));
    }

    #[test]
    fn inclusion_is_never_contradicted_by_a_word(a in recipe(), b in recipe(), word in "[abAB#:]{0,6}") {
        let (a, b) = (a.make(), b.make());
        if a.is_subset(&b, &mut generous()).unwrap() {
            prop_assert!(!a.contains(&word) || b.contains(&word));
        }
    }
}

#[test]
fn unions_cover_what_no_member_of_them_covers() {
    // `*` is the words of no letter or at least one: neither alone covers it.
    let any = TextSet::all();
    let parts = TextSet::union(["", "?*"].map(Pattern::wildcard));
    assert!(any.is_subset(&parts, &mut Budget::default()).unwrap());
    let gap = TextSet::union(["", "??*"].map(Pattern::wildcard));
    assert!(!any.is_subset(&gap, &mut Budget::default()).unwrap());
}

#[test]
fn a_member_avoids_every_letter_that_is_forbidden() {
    let forbidden = ('a'..='z').chain('0'..='9').map(|c| Pattern::wildcard(&format!("*{c}*")));
    let set = TextSet::from(Pattern::wildcard("?")).and(&TextSet::union(forbidden).not());
    let word = set.shortest(&mut Budget::default()).unwrap().unwrap();
    assert!(set.contains(&word));
}

#[test]
fn a_search_without_steps_says_so() {
    let set = TextSet::from(Pattern::wildcard("*a*b*")).and(&Pattern::wildcard("*b*a*").into());
    assert_eq!(set.shortest(&mut Budget::new(3)), Err(OutOfSteps));
}

#[test]
fn the_kelvin_sign_is_a_k_when_case_is_ignored() {
    let any_k = TextSet::from(Pattern::exact_ignoring_case("k"));
    let ascii = TextSet::union(["k", "K"].map(Pattern::exact));
    let rest = any_k.and(&ascii.not());
    assert_eq!(rest.shortest(&mut Budget::default()).unwrap().as_deref(), Some("\u{212A}"));
}
