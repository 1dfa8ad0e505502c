//! “Did you mean …”: the known word that a text is nearest to.

use crate::{Operator, OperatorName, SetQuantifier};

/// The word nearest to `text`: equal but for letter case, or at most two slips of the pen away, fewer in short words.
pub(super) fn nearest<T: Copy>(text: &str, words: &[T], name: impl Fn(T) -> &'static str) -> Option<T> {
    if text.len() > 64 {
        return None;
    }
    let folded = text.to_ascii_lowercase();
    let distance = |word: T| strsim::osa_distance(&folded, &name(word).to_ascii_lowercase());
    let (best, slips) = words.iter().map(|word| (*word, distance(*word))).min_by_key(|(_, slips)| *slips)?;
    (slips <= (name(best).len() / 3).min(2)).then_some(best)
}

/// The operator nearest to `text`, part by part.
pub(super) fn nearest_operator(text: &str) -> Option<Operator> {
    let (quantifier, rest) = match text.split_once(':') {
        Some((word, rest)) => {
            let quantifiers =
                [(SetQuantifier::ForAllValues, "ForAllValues"), (SetQuantifier::ForAnyValue, "ForAnyValue")];
            (Some(nearest(word, &quantifiers, |(_, name)| name)?.0), rest)
        }
        None => (None, text),
    };
    let folded = rest.to_ascii_lowercase();
    let (word, if_exists) = match folded.strip_suffix("ifexists").or_else(|| folded.strip_suffix("ifexist")) {
        Some(word) => (word, true),
        None => (folded.as_str(), false),
    };
    let name = nearest(word, OperatorName::ALL, OperatorName::as_str)?;
    Some(Operator { quantifier, name, if_exists: if_exists && name != OperatorName::Null })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ElementName;

    #[test]
    fn slips_of_the_pen_are_forgiven_and_other_words_are_not() {
        let element = |text| nearest(text, ElementName::ALL, ElementName::as_str);
        assert_eq!(element("Ressource"), Some(ElementName::Resource));
        assert_eq!(element("Statment"), Some(ElementName::Statement));
        assert_eq!(element("EFFECT"), Some(ElementName::Effect));
        assert_eq!(element("id"), Some(ElementName::Id));
        assert_eq!(element("Is"), None);
        assert_eq!(element("Comment"), None);
        assert_eq!(element(&"x".repeat(100_000)), None);
    }

    #[test]
    fn s1_10_3_operators_are_put_right_part_by_part() {
        let near = |text| nearest_operator(text).map(|operator| operator.to_string());
        assert_eq!(near("StringEqual").as_deref(), Some("StringEquals"));
        assert_eq!(near("StringEqualIfExists").as_deref(), Some("StringEqualsIfExists"));
        assert_eq!(near("ForAllValue:StringEquals").as_deref(), Some("ForAllValues:StringEquals"));
        assert_eq!(near("StringMatchesRegex"), None);
        assert_eq!(near("ForSome:StringEquals"), None);
    }
}
