//! Resources (S2.3, S2.5.2).

use crate::arn::{segment, segments};
use crate::glob::{self, Token};
use crate::template::{OwnWildcards, Reader};
use crate::{PseudoResource, Readings, ResourceMatch, ShortArn, TypeWildcards, UnresolvedNotResource};
use polsim_policy::{Element, Statement};

/// S2.3.1, S2.5.2: `Resource` applies when some entry matches, `NotResource` when none does. Without either the
/// statement speaks of the attached resource (S1.9.1).
pub(crate) fn applies(statement: &Statement, resource: &str, reader: Reader<'_>, readings: Readings) -> bool {
    let Some(element) = &statement.resource else {
        return true;
    };
    let outcomes: Vec<Option<bool>> = element
        .listed()
        .iter()
        .map(|entry| entry_matches(&entry.value, resource, reader, readings))
        .collect();
    let listed = outcomes.contains(&Some(true));
    match element {
        Element::Is(_) => listed,
        Element::Not(_) => {
            let unresolved = outcomes.contains(&None);
            let void =
                unresolved && readings.unresolved_not_resource == UnresolvedNotResource::VoidsStatement;
            !listed && !void
        }
    }
}

/// One entry; `None` when a variable in it has no value, so that it matches nothing (S3.15.3, S3.15.4).
fn entry_matches(entry: &str, resource: &str, reader: Reader<'_>, readings: Readings) -> Option<bool> {
    if entry == "*" {
        return Some(true);
    }
    let mut pattern = segments(entry);
    // S3.15.9: variables are read in the sixth segment only.
    let sixth = match pattern.get(5) {
        Some(text) => reader.read(text, OwnWildcards::Live)?,
        None => vec![Token::AnyRun],
    };
    // S2.3.9
    if resource == "*" {
        let all_of_sixth = pattern.get(5) == Some(&"*");
        return Some(all_of_sixth && readings.pseudo_resource == PseudoResource::StarSegment);
    }
    if readings.resource_match == ResourceMatch::WholeText {
        return Some(whole_text_matches(entry, sixth, resource));
    }
    // A3
    if pattern.len() < 6 && readings.short_arn == ShortArn::WholeText {
        return Some(whole_text_matches(entry, sixth, resource));
    }
    // S2.3.6
    if pattern.len() < 6 {
        let ends_in_star = pattern.last().is_some_and(|last| last.contains('*'));
        if !ends_in_star || readings.short_arn == ShortArn::Never {
            return Some(false);
        }
        pattern.resize(6, "*");
    }
    if readings.type_wildcards == TypeWildcards::Literal && !types_are_equal(&pattern, &sixth, resource) {
        return Some(false);
    }
    // S2.3.5
    let first_five = pattern.iter().zip(segments(resource)).take(5);
    let five_match = first_five.into_iter().all(|(glob, text)| glob::matches(&glob::plain(glob), text));
    Some(five_match && glob::matches(&sixth, segment(resource, 6)))
}

/// A2: one glob over the whole ARN; variables still in the sixth segment only.
fn whole_text_matches(entry: &str, sixth: Vec<Token>, resource: &str) -> bool {
    let parts = segments(entry);
    if parts.len() < 6 {
        return glob::matches(&glob::plain(entry), resource);
    }
    let head: String = parts.iter().take(5).flat_map(|part| [*part, ":"]).collect();
    let pattern: Vec<Token> = glob::plain(&head).into_iter().chain(sixth).collect();
    glob::matches(&pattern, resource)
}

/// A20: service and resource type as text. The type is what stands before the first `/` or `:` of the sixth segment,
/// once the variables have been put in.
fn types_are_equal(pattern: &[&str], sixth: &[Token], resource: &str) -> bool {
    let service = pattern.get(2).copied().unwrap_or("");
    let asked = segment(resource, 6);
    let type_asked: Vec<Token> =
        asked.split(['/', ':']).next().unwrap_or("").chars().map(Token::Char).collect();
    let separators = [Token::Char('/'), Token::Char(':')];
    let type_meant = sixth.split(|token| separators.contains(token)).next().unwrap_or_default();
    let is_plain = !type_meant.iter().any(|token| matches!(token, Token::AnyRun | Token::AnyOne));
    let has_type = asked.contains(['/', ':']) && segment(resource, 3) != "s3";
    let all_of_sixth = pattern.get(5) == Some(&"*");
    service == segment(resource, 3)
        && (all_of_sixth || !has_type || (is_plain && type_meant == type_asked.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, SubstitutedWildcards};
    use polsim_policy::Version;

    fn entry(entry: &str, resource: &str, readings: Readings) -> Option<bool> {
        let context = Context::new();
        let substituted = SubstitutedWildcards::Literal;
        entry_matches(
            entry,
            resource,
            Reader { version: Version::V2012, context: &context, substituted },
            readings,
        )
    }

    #[test]
    fn s2_3_5_stars_stay_in_their_segment() {
        let usual = Readings::default();
        let instance = "arn:aws:ec2:eu-west-1:111111111111:instance/i-1";
        assert_eq!(entry("arn:aws:ec2:*:*:instance/*", instance, usual), Some(true));
        assert_eq!(entry("arn:aws:ec2:*:instance/i-1", instance, usual), Some(false));
        let whole = Readings { resource_match: ResourceMatch::WholeText, ..usual };
        assert_eq!(entry("arn:aws:ec2:*:instance/i-1", instance, whole), Some(true));
    }

    #[test]
    fn s2_3_6_short_patterns() {
        let usual = Readings::default();
        assert_eq!(entry("arn:aws:s3*", "arn:aws:s3:::data/k", usual), Some(true));
        assert_eq!(entry("arn:aws:s3", "arn:aws:s3:::data/k", usual), Some(false));
        assert_eq!(entry("arn:aws:*:x", "arn:aws:s3:::data/k", usual), Some(false));
    }

    #[test]
    fn s2_3_9_only_a_star_matches_the_pseudo_resource() {
        let usual = Readings::default();
        assert_eq!(entry("*", "*", usual), Some(true));
        assert_eq!(entry("arn:*:*:*:*:*", "*", usual), Some(false));
        let also = Readings { pseudo_resource: PseudoResource::StarSegment, ..usual };
        assert_eq!(entry("arn:aws:s3:::*", "*", also), Some(true));
    }

    #[test]
    fn s3_15_9_no_variables_before_the_fifth_colon() {
        let usual = Readings::default();
        assert_eq!(
            entry("arn:aws:sns:eu-west-1:${aws:x}:t", "arn:aws:sns:eu-west-1:1:t", usual),
            Some(false)
        );
        assert_eq!(entry("arn:aws:s3:::${aws:x}", "arn:aws:s3:::b", usual), None);
    }
}
