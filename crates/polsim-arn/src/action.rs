//! Action names and the patterns of `Action` and `NotAction` (S2.2).
//!
//! Prefix and name compare without ASCII case, so both sides are folded to lower case once and compared as bytes.

use crate::Pattern;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A lawful entry of an `Action` list: `*`, `*:*`, or `prefix:name` with wildcards in the name only (S1.8.2, S1.8.3).
///
/// ```
/// use polsim_arn::{ActionName, ActionPattern};
/// let pattern = ActionPattern::parse("S3:get*")?;
/// assert!(pattern.matches(&ActionName::parse("s3:GetObject")?));
/// assert_eq!(pattern.to_string(), "S3:get*");
/// # Ok::<(), polsim_arn::ActionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ActionPattern {
    spelling: Box<str>,
    folded: Box<str>,
}

/// A concrete action of a request: `prefix:Name` (S2.2.6).
#[derive(Clone, Debug)]
pub struct ActionName {
    spelling: Box<str>,
    folded: Box<str>,
}

/// Why a text is no action, or no pattern of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// There is not exactly one colon.
    #[error("an action is `service:Name`, with exactly one colon")]
    Colons,
    /// Nothing before the colon.
    #[error("the service before the colon is missing")]
    EmptyPrefix,
    /// Nothing behind the colon.
    #[error("the name behind the colon is missing")]
    EmptyName,
    /// A wildcard in the service prefix.
    #[error("a service prefix takes no wildcard")]
    WildcardInPrefix,
    /// A wildcard where a concrete action is wanted.
    #[error("the action of a request takes no wildcard")]
    WildcardInName,
    /// A character that no action has.
    #[error("the character {0:?} cannot stand in an action")]
    Character(char),
}

fn check_parts(text: &str) -> Result<(&str, &str), ActionError> {
    let (prefix, name) = text.split_once(':').ok_or(ActionError::Colons)?;
    if name.contains(':') {
        return Err(ActionError::Colons);
    }
    if prefix.is_empty() {
        return Err(ActionError::EmptyPrefix);
    }
    if name.is_empty() {
        return Err(ActionError::EmptyName);
    }
    if prefix.contains(['*', '?']) {
        return Err(ActionError::WildcardInPrefix);
    }
    if let Some(bad) = prefix.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
        return Err(ActionError::Character(bad));
    }
    if let Some(bad) = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_*?-".contains(*c)) {
        return Err(ActionError::Character(bad));
    }
    Ok((prefix, name))
}

impl ActionPattern {
    /// Reads an entry of an `Action` list.
    ///
    /// # Errors
    /// [`ActionError`] says which part of S1.8.2 or S1.8.3 the text breaks.
    pub fn parse(text: &str) -> Result<Self, ActionError> {
        if text != "*" && text != "*:*" {
            check_parts(text)?;
        }
        Ok(Self { spelling: text.into(), folded: text.to_ascii_lowercase().into() })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// In lower case; `*` for every action (S2.2.4).
    #[must_use]
    pub fn folded(&self) -> &str {
        if self.is_any() { "*" } else { &self.folded }
    }

    /// Whether it matches every action (S2.2.4).
    #[must_use]
    pub fn is_any(&self) -> bool {
        matches!(&*self.folded, "*" | "*:*")
    }

    /// The wildcard pattern over lower-case actions.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        Pattern::wildcard(self.folded())
    }

    /// Whether a concrete action matches (S2.2.1–S2.2.4).
    #[must_use]
    pub fn matches(&self, action: &ActionName) -> bool {
        let (written, action) = (self.folded(), action.folded());
        // Most patterns are a name, or the beginning of one; those need no pattern to be made.
        match written.split_once(['*', '?']) {
            None => written == action,
            Some((head, _)) if !action.starts_with(head) => false,
            Some((head, "")) if written.len() == head.len() + 1 && written.ends_with('*') => true,
            Some(_) => self.pattern().matches(action),
        }
    }

    /// The service prefix in lower case; `None` when the pattern covers all services.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        if self.is_any() { None } else { self.folded.split_once(':').map(|(service, _)| service) }
    }
}

impl ActionName {
    /// Reads the action of a request.
    ///
    /// # Errors
    /// [`ActionError`] when the text is not a concrete `prefix:Name` (S2.2.6).
    pub fn parse(text: &str) -> Result<Self, ActionError> {
        let (_, name) = check_parts(text)?;
        if name.contains(['*', '?']) {
            return Err(ActionError::WildcardInName);
        }
        Ok(Self { spelling: text.into(), folded: text.to_ascii_lowercase().into() })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// In lower case: the form that is compared (S2.2.1).
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The service prefix in lower case.
    #[must_use]
    pub fn service(&self) -> &str {
        self.folded.split_once(':').map_or("", |(service, _)| service)
    }
}

macro_rules! compare_folded {
    ($type:ty) => {
        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.folded() == other.folded()
            }
        }
        impl Eq for $type {}
        impl Hash for $type {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.folded().hash(state);
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.spelling)
            }
        }
    };
}

compare_folded!(ActionPattern);
compare_folded!(ActionName);

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, action: &str) -> bool {
        ActionPattern::parse(pattern).unwrap().matches(&ActionName::parse(action).unwrap())
    }

    #[test]
    fn s2_2_1_prefix_and_name_compare_without_case() {
        assert!(matches("S3:getobject", "s3:GetObject"));
    }

    #[test]
    fn s2_2_2_wildcards_stand_anywhere_in_the_name() {
        assert!(matches("s3:*Object", "s3:GetObject"));
        assert!(matches("s3:Get?bject", "s3:GetObject"));
        assert!(!matches("s3:*Object", "s3:GetObjectAcl"));
    }

    #[test]
    fn s2_2_3_the_prefix_is_equal_as_a_whole() {
        assert!(!matches("s3:*", "s3express:CreateSession"));
    }

    #[test]
    fn s2_2_4_star_and_star_colon_star_match_every_action() {
        assert!(matches("*", "ec2:RunInstances"));
        assert!(matches("*:*", "ec2:RunInstances"));
    }

    #[test]
    fn s1_8_2_an_action_has_one_colon_and_a_name() {
        assert_eq!(ActionPattern::parse("GetObject"), Err(ActionError::Colons));
        assert_eq!(ActionPattern::parse("s3:a:b"), Err(ActionError::Colons));
        assert_eq!(ActionPattern::parse("s3:"), Err(ActionError::EmptyName));
        assert_eq!(ActionPattern::parse(":Get"), Err(ActionError::EmptyPrefix));
        assert_eq!(ActionPattern::parse("s3:Get Object"), Err(ActionError::Character(' ')));
    }

    #[test]
    fn s1_8_3_a_prefix_takes_no_wildcard() {
        assert_eq!(ActionPattern::parse("s3*:Get*"), Err(ActionError::WildcardInPrefix));
    }

    #[test]
    fn s2_2_6_a_request_names_a_concrete_action() {
        assert_eq!(ActionName::parse("s3:Get*"), Err(ActionError::WildcardInName));
        assert_eq!(ActionName::parse("*"), Err(ActionError::Colons));
    }
}
