//! Names with a variable part, such as `aws:RequestTag/${TagKey}`: families of names.
//!
//! A variable stands for one character or more, whatever they are: the key of a tag may have slashes and colons in it.

/// Whether the text has a variable.
pub(crate) fn has_variable(text: &str) -> bool {
    text.contains("${")
}

/// A template cut at its variables: literal, variable, literal, …
pub(crate) fn split_variable(template: &str) -> Option<(&str, &str)> {
    let (head, rest) = template.split_once("${")?;
    let (_, tail) = rest.split_once('}')?;
    Some((head, tail))
}

/// Whether a name is of the family; literals compare without ASCII letter case.
pub(crate) fn matches(template: &str, name: &str) -> bool {
    let Some((head, tail)) = split_variable(template) else {
        return template.eq_ignore_ascii_case(name);
    };
    let Some(rest) = strip_prefix(name, head) else {
        return false;
    };
    if !has_variable(tail) {
        // At least one character is left for the variable.
        return rest.len() > tail.len() && ends_with(rest, tail);
    }
    // Each way to give the variable a first part of the rest.
    rest.char_indices().skip(1).any(|(at, _)| rest.get(at..).is_some_and(|rest| matches(tail, rest)))
}

/// How many bytes of a template are no variable: of two families that have a name, the narrower has more.
pub(crate) fn literals(template: &str) -> usize {
    match split_variable(template) {
        Some((head, tail)) => head.len() + literals(tail),
        None => template.len(),
    }
}

fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn ends_with(text: &str, suffix: &str) -> bool {
    let at = text.len().checked_sub(suffix.len());
    at.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_stands_for_one_character_or_more() {
        assert!(matches("aws:RequestTag/${TagKey}", "aws:requesttag/team/a:b"));
        assert!(!matches("aws:RequestTag/${TagKey}", "aws:RequestTag/"));
        assert!(!matches("aws:RequestTag/${TagKey}", "aws:RequestTag"));
        assert!(matches("agent.${Domain}.buildkite.dev:ref", "agent.acme.BUILDKITE.dev:ref"));
        assert!(!matches("agent.${Domain}.buildkite.dev:ref", "agent..buildkite.dev:ref"));
        assert!(!matches("agent.${Domain}.buildkite.dev:ref", "agent.acme.buildkite.dev:pipeline"));
    }

    #[test]
    fn several_variables_share_the_text() {
        assert!(matches("a/${X}/b/${Y}/c", "a/1/b/2/b/3/c"));
        assert!(!matches("a/${X}/b/${Y}/c", "a/1/b//c"));
        assert!(matches("é${X}ü${Y}", "éäüöü"));
    }
}
