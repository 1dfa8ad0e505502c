//! Words that are parts of several texts, against brute force over all short words.

#![expect(clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use polsim_arn::{Budget, Class, Joined, Joint, Pattern, Piece, TextSet, Token};
use proptest::prelude::*;

/// Letters that patterns name, one that none does, and the colon.
const LETTERS: [char; 5] = ['a', 'b', 'A', '#', ':'];
const LONGEST: usize = 3;

fn words() -> Vec<String> {
    let mut words = vec![String::new()];
    let mut start = 0;
    for _ in 0..LONGEST {
        let end = words.len();
        for at in start..end {
            words.extend(LETTERS.map(|letter| format!("{}{letter}", words[at])));
        }
        start = end;
    }
    words
}

fn set(recipe: &(String, String, u8)) -> TextSet {
    let (one, other, how) = recipe;
    let one = match how % 3 {
        0 => TextSet::from(Pattern::wildcard(one)),
        1 => TextSet::from(Pattern::exact_ignoring_case(&one.replace(['*', '?'], "a"))),
        _ => {
            let tokens = one.chars().map(|c| match c {
                '*' => Token::Many(Class::NotColon),
                '?' => Token::One(Class::NotColon),
                c => Token::Literal(c),
            });
            TextSet::from(Pattern::from_tokens(tokens))
        }
    };
    let other = TextSet::from(Pattern::wildcard(other));
    match how / 3 % 4 {
        0 => one,
        1 => one.not(),
        2 => one.or(&other.not()),
        _ => one.and(&other.not()),
    }
}

/// A text: letters, and the words 0 and 1 in this order at most once.
fn text() -> impl Strategy<Value = Vec<Piece>> {
    let letters = || "[ab]{0,1}".prop_map(|text| text.chars().map(Piece::Char).collect::<Vec<_>>());
    let word = |number| {
        prop_oneof![
            1 => Just(None),
            4 => Just(Some(Piece::Word(number))),
            1 => Just(Some(Piece::Alike(number, number))),
        ]
    };
    (letters(), word(0), letters(), word(1), letters()).prop_map(|(first, zero, second, one, third)| {
        first.into_iter().chain(zero).chain(second).chain(one).chain(third).collect()
    })
}

fn recipe() -> impl Strategy<Value = (String, String, u8)> {
    ("[abA:*?]{0,4}", "[ab*]{0,3}", 0_u8..12)
}

/// All spellings of a word.
fn cases(word: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in word.chars() {
        let forms = if c.is_ascii_alphabetic() {
            vec![c.to_ascii_lowercase(), c.to_ascii_uppercase()]
        } else {
            vec![c]
        };
        all = all.iter().flat_map(|text| forms.iter().map(move |form| format!("{text}{form}"))).collect();
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn finds_words_whenever_there_are_short_ones(
        texts in prop::collection::vec((text(), recipe()), 1..4),
    ) {
        let texts: Vec<(Vec<Piece>, TextSet)> =
            texts.into_iter().map(|(pieces, recipe)| (pieces, set(&recipe))).collect();
        let joint = Joint { words: 2, texts: texts.clone(), keeps_colons: false };
        match joint.solve(&|_| false, &mut Budget::default()).unwrap() {
            Joined::Words(words) => {
                for (pieces, set) in &texts {
                    prop_assert!(set.contains(&words.text(pieces)), "{words:?}");
                }
                for number in [0, 1] {
                    let alike = words.text(&[Piece::Alike(number, number)]);
                    prop_assert!(alike.to_lowercase() == words.word(number).to_lowercase());
                }
            }
            Joined::Entangled => prop_assert!(false, "the words are in order"),
            Joined::Nothing => {
                let is_cased = |number| {
                    texts.iter().any(|(pieces, _)| pieces.contains(&Piece::Alike(number, number)))
                };
                let forms = |word: &String, number| {
                    if is_cased(number) { cases(word) } else { vec![word.clone()] }
                };
                let all = words();
                let short: Vec<&String> = all.iter().filter(|word| word.chars().count() < LONGEST).collect();
                for zero in &all {
                    for one in &short {
                        for zero_case in forms(zero, 0) {
                            for one_case in forms(one, 1) {
                                let of = |piece: &Piece| match piece {
                                    Piece::Char(c) => c.to_string(),
                                    Piece::Word(0) => zero.clone(),
                                    Piece::Word(_) => (*one).clone(),
                                    Piece::Alike(0, _) => zero_case.clone(),
                                    Piece::Alike(..) => one_case.clone(),
                                };
                                let is_in = |(pieces, set): &(Vec<Piece>, TextSet)| {
                                    set.contains(&pieces.iter().map(of).collect::<String>())
                                };
                                prop_assert!(!texts.iter().all(is_in), "{zero:?}, {one:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn words_are_as_different_as_they_can_be() {
    let any = TextSet::from(Pattern::wildcard("??"));
    let texts = vec![(vec![Piece::Word(0)], any.clone()), (vec![Piece::Word(1)], any)];
    let joint = Joint { words: 2, texts, keeps_colons: false };
    let Joined::Words(words) = joint.solve(&|c| c == '\u{e000}', &mut Budget::default()).unwrap() else {
        unreachable!("there are words");
    };
    let mut letters: Vec<char> = words.text(&[Piece::Word(0), Piece::Word(1)]).chars().collect();
    letters.sort_unstable();
    letters.dedup();
    assert_eq!(letters.len(), 4, "{words:?}");
    assert!(!letters.contains(&'\u{e000}'), "it was taken");
}

#[test]
fn texts_without_an_order_of_words_are_entangled() {
    let (zero, one) = (Piece::Word(0), Piece::Word(1));
    let some = TextSet::from(Pattern::wildcard("a*b"));
    for texts in [vec![vec![zero, zero]], vec![vec![zero, one], vec![one, zero]]] {
        let texts = texts.into_iter().map(|pieces| (pieces, some.clone())).collect();
        let joint = Joint { words: 2, texts, keeps_colons: false };
        assert_eq!(joint.solve(&|_| false, &mut Budget::default()), Ok(Joined::Entangled));
    }
}
