//! The matcher against three independent readings of a wildcard: a naive recursion, `globset`, and membership in a
//! [`TextSet`].

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use globset::GlobBuilder;
use polsim_arn::{ArnPattern, Budget, Pattern, PatternSet, TextSet, Token};
use proptest::prelude::*;

/// S2.1 word for word.
fn naive(tokens: &[Token], text: &[char]) -> bool {
    match (tokens, text) {
        ([], []) => true,
        ([], _) => false,
        ([Token::Many(class), rest @ ..], _) => {
            naive(rest, text)
                || text.split_first().is_some_and(|(c, more)| class.admits(*c) && naive(tokens, more))
        }
        (_, []) => false,
        ([token, rest @ ..], [c, more @ ..]) => {
            let fits = match token {
                Token::Literal(literal) => literal == c,
                Token::Folded(folded) => polsim_arn::fold(*c) == *folded,
                Token::One(class) | Token::Many(class) => class.admits(*c),
            };
            fits && naive(rest, more)
        }
    }
}

/// A pattern for `globset` that means the same: everything but `*` and `?` is escaped.
fn globset(pattern: &str) -> globset::GlobMatcher {
    let mut escaped = String::new();
    for c in pattern.chars() {
        if c == '*' && escaped.ends_with('*') {
            continue; // `**` is special there
        }
        if "[]{}\\!,-^".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    GlobBuilder::new(&escaped)
        .literal_separator(false)
        .backslash_escape(true)
        .build()
        .unwrap()
        .compile_matcher()
}

fn pattern_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ab:/*?\\[\\]{}\\\\]{0,10}").unwrap()
}

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ab:/*?\\[\\]{}\\\\]{0,12}").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn s2_1_the_matcher_equals_the_naive_reading_globset_and_membership(pattern in pattern_text(), text in text()) {
        let compiled = Pattern::wildcard(&pattern);
        let chars: Vec<char> = text.chars().collect();
        let expected = naive(compiled.tokens(), &chars);
        prop_assert_eq!(compiled.matches(&text), expected);
        prop_assert_eq!(globset(&pattern).is_match(&text), expected);
        prop_assert_eq!(TextSet::from(compiled).contains(&text), expected);
        let both = TextSet::only(&text).and(&Pattern::wildcard(&pattern).into());
        prop_assert_eq!(!both.is_empty(&mut Budget::default()).unwrap(), expected);
    }

    #[test]
    fn s2_3_5_arn_patterns_equal_the_part_by_part_reading(
        pattern in "([ab*?]{0,3}:){5}[ab*?:]{0,4}",
        text in "([ab]{0,3}:){5}[ab:]{0,4}",
    ) {
        let by_parts = pattern.splitn(6, ':').zip(text.splitn(6, ':')).all(|(p, t)| Pattern::wildcard(p).matches(t));
        prop_assert_eq!(ArnPattern::parse(&pattern).unwrap().matches(&text), by_parts);
    }

    #[test]
    fn unicode_characters_count_as_one(pattern in "[ał🦀*?]{0,8}", text in "[ał🦀]{0,8}") {
        let compiled = Pattern::wildcard(&pattern);
        let chars: Vec<char> = text.chars().collect();
        prop_assert_eq!(compiled.matches(&text), naive(compiled.tokens(), &chars));
    }

    #[test]
    fn case_is_ignored_like_folding_both(pattern in "[aBkK\u{212A}éÉ]{0,4}", text in "[AbkK\u{212A}éÉ]{0,4}") {
        let fold = |text: &str| text.chars().map(polsim_arn::fold).collect::<String>();
        let compiled = Pattern::exact_ignoring_case(&pattern);
        prop_assert_eq!(compiled.matches(&text), fold(&pattern) == fold(&text));
    }

    #[test]
    fn glances_are_sound(a in "[ab*?]{0,6}", b in "[ab*?]{0,6}", text in "[ab]{0,7}") {
        let (p, q) = (Pattern::wildcard(&a), Pattern::wildcard(&b));
        if p.is_disjoint_at_a_glance(&q) {
            prop_assert!(!(p.matches(&text) && q.matches(&text)));
        }
        if p.covers_at_a_glance(&q) {
            prop_assert!(!q.matches(&text) || p.matches(&text));
        }
    }

    #[test]
    fn a_pattern_set_finds_what_each_pattern_finds(
        patterns in prop::collection::vec("[ab:*?]{0,6}", 0..8),
        text in "[ab:]{0,8}",
    ) {
        let compiled: Vec<Pattern> = patterns.iter().map(|p| Pattern::wildcard(p)).collect();
        let set: PatternSet = compiled.iter().cloned().collect();
        let mut found: Vec<usize> = set.matching(&text).collect();
        found.sort_unstable();
        let expected: Vec<usize> = (0..compiled.len()).filter(|n| compiled[*n].matches(&text)).collect();
        prop_assert_eq!(found, expected);
    }
}
