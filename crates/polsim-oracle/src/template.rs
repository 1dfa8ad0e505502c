//! Policy variables and escapes (S3.15, S2.3.8): from the text of a policy to the tokens that are compared.

use crate::context::lookup;
use crate::glob::{Token, wildcard_or_char};
use crate::{Context, SubstitutedWildcards, Value};
use polsim_policy::Version;

/// Whether `*` and `?` of the policy's own text are wildcards (S3.4.4) or ordinary characters (S3.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnWildcards {
    /// `StringLike`, ARN operators, resources.
    Live,
    /// The Equals family, booleans.
    Text,
}

/// How a policy's text is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    /// The version in force in the document (S3.15.2).
    pub(crate) version: Version,
    /// Where variables take their values from.
    pub(crate) context: &'a Context,
    /// A17.
    pub(crate) substituted: SubstitutedWildcards,
}

/// `${name}` or `${name, 'default'}`.
struct Variable<'a> {
    name: &'a str,
    default: Option<&'a str>,
}

impl Reader<'_> {
    /// The tokens of a text; `None` when a variable in it has no value and no default (S3.15.3).
    pub(crate) fn read(&self, text: &str, own: OwnWildcards) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if self.version == Version::V2012
                && let Some((variable, behind)) = variable_at(rest)
            {
                tokens.extend(self.value_of(&variable)?);
                rest = behind;
                continue;
            }
            tokens.push(match own {
                OwnWildcards::Live => wildcard_or_char(c),
                OwnWildcards::Text => Token::Char(c),
            });
            rest = rest.strip_prefix(c).unwrap_or("");
        }
        Some(tokens)
    }

    /// The text of a value in which no wildcard can stand.
    pub(crate) fn read_text(&self, text: &str) -> Option<String> {
        let tokens = self.read(text, OwnWildcards::Text)?;
        Some(
            tokens
                .into_iter()
                .map(|token| match token {
                    Token::Char(c) => c,
                    Token::AnyRun => '*',
                    Token::AnyOne => '?',
                })
                .collect(),
        )
    }

    /// S2.3.8: the three escapes. S3.15.10: a malformed variable has no value, whatever its default. S3.15.6: the key's
    /// value, else the default. S3.15.7: what is put in is literal, the default too.
    fn value_of(&self, variable: &Variable<'_>) -> Option<Vec<Token>> {
        if variable.default.is_none() && ["*", "?", "$"].contains(&variable.name) {
            return Some(variable.name.chars().map(Token::Char).collect());
        }
        if variable.name.is_empty() || variable.name.contains(char::is_whitespace) {
            return None;
        }
        let value = self.context_value(variable.name).or(variable.default)?;
        Some(match self.substituted {
            SubstitutedWildcards::Literal => value.chars().map(Token::Char).collect(),
            SubstitutedWildcards::Live => value.chars().map(wildcard_or_char).collect(),
        })
    }

    /// The value of a single-valued key. No value: absent or empty (S3.15.3, S3.15.6), multivalued (S3.15.8).
    fn context_value(&self, name: &str) -> Option<&str> {
        match lookup(self.context, name)? {
            Value::One(value) if !value.is_empty() => Some(value),
            Value::One(_) | Value::Many(_) => None,
        }
    }
}

/// The variable at the very beginning of a text, and what stands behind it. `${` that is never closed is no variable but
/// text (S3.15.10). The default stands between single quotes after a comma and one blank (S3.15.6).
fn variable_at(text: &str) -> Option<(Variable<'_>, &str)> {
    let inside = text.strip_prefix("${")?;
    if let Some((name, quoted)) = inside.split_once(", '")
        && !name.contains('}')
        && let Some((default, closing)) = quoted.split_once('\'')
        && let Some(behind) = closing.strip_prefix('}')
    {
        return Some((Variable { name, default: Some(default) }, behind));
    }
    let (name, behind) = inside.split_once('}')?;
    Some((Variable { name, default: None }, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        let one = |text: &str| Value::One(text.into());
        [
            ("aws:username".to_string(), one("bob")),
            ("aws:PrincipalTag/star".to_string(), one("a*")),
            ("aws:PrincipalTag/empty".to_string(), one("")),
            ("aws:TagKeys".to_string(), Value::Many(vec!["k".into()])),
        ]
        .into()
    }

    fn read(version: Version, text: &str) -> Option<String> {
        let context = context();
        let reader = Reader { version, context: &context, substituted: SubstitutedWildcards::Literal };
        reader.read_text(text)
    }

    #[test]
    fn s3_15_1_variables_are_found_without_regard_to_case() {
        assert_eq!(read(Version::V2012, "x/${AWS:UserName}/y").as_deref(), Some("x/bob/y"));
    }

    #[test]
    fn s3_15_2_only_under_2012() {
        assert_eq!(read(Version::V2008, "${aws:username}").as_deref(), Some("${aws:username}"));
    }

    #[test]
    fn s3_15_3_and_8_no_value() {
        for text in
            ["${aws:nothing}", "${aws:PrincipalTag/empty}", "${aws:TagKeys}", "${}", "${aws: username}"]
        {
            assert_eq!(read(Version::V2012, text), None, "{text}");
        }
    }

    #[test]
    fn s3_15_6_defaults() {
        assert_eq!(read(Version::V2012, "${aws:nothing, 'a}b'}c").as_deref(), Some("a}bc"));
        assert_eq!(read(Version::V2012, "${aws:username, 'x'}").as_deref(), Some("bob"));
        assert_eq!(read(Version::V2012, "${aws:TagKeys, 'x'}").as_deref(), Some("x"));
        assert_eq!(read(Version::V2012, "${aws:PrincipalTag/empty, ''}").as_deref(), Some(""));
        for text in
            ["${aws:nothing,'x'}", "${aws:nothing, x}", "${aws: nothing, 'x'}", "${, 'x'}", "${a:b, 'x'y'}"]
        {
            assert_eq!(read(Version::V2012, text), None, "{text}");
        }
    }

    #[test]
    fn s3_15_7_substituted_text_is_literal() {
        let context = context();
        let reader =
            Reader { version: Version::V2012, context: &context, substituted: SubstitutedWildcards::Literal };
        let tokens = reader.read("${aws:PrincipalTag/star}*", OwnWildcards::Live).unwrap();
        assert_eq!(tokens, [Token::Char('a'), Token::Char('*'), Token::AnyRun]);
    }

    #[test]
    fn s3_15_10_an_open_brace_is_text() {
        assert_eq!(read(Version::V2012, "a${aws:username").as_deref(), Some("a${aws:username"));
        assert_eq!(read(Version::V2012, "${$}{aws:username}").as_deref(), Some("${aws:username}"));
    }
}
