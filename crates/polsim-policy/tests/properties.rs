//! What holds for all policies and for all texts.

mod generate;

use polsim_policy::{
    Part, PolicyType, Version, guess_type, parse, print, read_resource_template, read_template,
};
use polsim_text::{Limits, Source, Span, json};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::{Index, select};

/// Reads a text as every type; whatever it is, nothing panics and every place lies in the text.
fn withstand(text: &str) {
    let source = Source::new("any", text);
    for policy_type in PolicyType::ALL {
        let parsed = parse(&source, policy_type, &Limits::default());
        for problem in &parsed.problems {
            let within = |span: Span| text.get(span.start()..span.end()).is_some();
            assert!(within(problem.span), "{problem:?} in {text:?}");
            assert!(problem.related.is_none_or(|(span, _)| within(span)), "{problem:?} in {text:?}");
            assert!(!problem.to_string().is_empty() && problem.help().is_none_or(|help| !help.is_empty()));
        }
        assert_eq!(parsed.single().is_none(), parsed.is_invalid(), "{text:?}");
        for document in &parsed.documents {
            assert!(print(&document.policy).ends_with("}\n"));
        }
    }
    for document in json::parse(&source, &Limits::default()).documents {
        assert!(!guess_type(&document).because.is_empty());
    }
}

/// A printed policy with a piece cut out, doubled, or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "", "\"", "{", "}", "[", "]", ",", ":", "null", "\\", "${", "'", "*", "ł", "\"\"", "1e9", "//",
        "\u{0}", "\u{feff}",
    ]);
    (generate::policy(), any::<Index>(), any::<Index>(), pieces).prop_map(|(policy, from, to, piece)| {
        let characters: Vec<char> = print(&policy).chars().collect();
        let (from, to) = (from.index(characters.len()), to.index(characters.len()));
        let near = if to % 2 == 0 { from + to % 5 } else { to.max(from) };
        let head: String = characters.iter().take(from).collect();
        let tail: String = characters.iter().skip(near).collect();
        format!("{head}{piece}{tail}")
    })
}

proptest! {
    #[test]
    fn a_printed_policy_reads_back(policy in generate::policy()) {
        let text = print(&policy);
        let parsed = parse(&Source::new("printed", text.as_str()), policy.policy_type, &Limits::default());
        prop_assert_eq!(parsed.single(), Some(&policy), "{}\n{:?}", text, parsed.problems);
        prop_assert_eq!(parsed.single().map(print), Some(text));
    }

    #[test]
    fn any_text_is_withstood(text in prop_oneof![".{0,60}", "[\\[\\]{}\":,a1 \\\\/#\n\u{feff}ł-]{0,60}"]) {
        withstand(&text);
    }

    #[test]
    fn a_broken_policy_is_withstood(text in mutated()) {
        withstand(&text);
    }

    #[test]
    fn a_template_loses_no_text(
        text in prop_oneof![".{0,30}", "(\\$\\{|\\}|a:b|, |'|\\*|\\?|\\$| |ł|:){0,12}"],
        version in prop_oneof![Just(Version::V2008), Just(Version::V2012)],
    ) {
        for (template, problems) in [read_template(&text, version), read_resource_template(&text, version)] {
            let mut length = 0;
            for part in &template.parts {
                length += match part {
                    Part::Literal(literal) => literal.len(),
                    Part::AnyOne | Part::AnyMany => 1,
                    Part::Variable(variable) => {
                        let starts = text.get(variable.range.clone()).is_some_and(|text| text.starts_with("${"));
                        prop_assert!(starts);
                        variable.range.len()
                    }
                };
            }
            let escapes = (text.len() - length) / 3;
            prop_assert_eq!(length + 3 * escapes, text.len(), "an escape of four bytes gives one");
            let has_neighbours = template.parts.windows(2).any(|pair| matches!(pair, [Part::Literal(_), Part::Literal(_)]));
            prop_assert!(!has_neighbours && !template.parts.contains(&Part::Literal(String::new())));
            prop_assert!(problems.iter().all(|problem| text.get(problem.range.clone()).is_some()));
            prop_assert!(version == Version::V2012 || (template.is_closed() && problems.is_empty()));
        }
    }
}
