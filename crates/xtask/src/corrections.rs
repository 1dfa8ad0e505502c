//! Where the package differs from what AWS means, each with its reason. All else is taken as it stands.

use polsim_reference::{AccessLevel, Arity, KeyFacts, KeyType};

/// A name as AWS would spell it everywhere: AWS's pages write the variable of a few families in words of their own
/// (`s3:ExistingObjectTag/<key>`, `aws:RequestTag/tag-key`).
pub(crate) fn key_name(name: &str) -> String {
    match name.split_once("/<key>") {
        Some((family, "")) => format!("{family}/${{key}}"),
        _ => match name.strip_suffix("/tag-key") {
            Some(family) => format!("{family}/${{TagKey}}"),
            None => name.to_owned(),
        },
    }
}

/// The package gives some actions two levels, the second of which is always `Write`; the first is the one that AWS prints.
pub(crate) fn level(words: &str) -> Result<AccessLevel, polsim_reference::UnknownWord> {
    words.strip_suffix(", Write").unwrap_or(words).parse()
}

/// The forms in one text: the package joins them with commas, and no ARN has a comma and a space.
pub(crate) fn arns(text: &str) -> Vec<String> {
    text.split(", ").map(str::to_owned).collect()
}

/// The types of global keys where the package goes by a word of AWS's prose.
pub(crate) fn global_key(mut key: KeyFacts) -> KeyFacts {
    match key.name.as_str() {
        // An ARN by name and value (S5.3); the prose says string.
        "aws:SourceVpcArn" => key.key_type = KeyType::Arn,
        // A time is also a number of seconds since 1970, and operators for numbers take it (S5.3).
        "aws:CurrentTime" | "aws:EpochTime" => key.is_also_numeric = true,
        _ => {}
    }
    key
}

/// What every OIDC provider's tokens have (S5.4). The package lists only what AWS's pages list for a few providers, and
/// for some of those it leaves these out.
pub(crate) fn provider_keys() -> Vec<KeyFacts> {
    let key = |claim: &str, arity| KeyFacts {
        name: format!("${{Provider}}:{claim}"),
        key_type: KeyType::String,
        arity,
        is_also_numeric: false,
    };
    vec![key("aud", Arity::One), key("sub", Arity::One), key("amr", Arity::Many)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_spelt_in_one_way() {
        assert_eq!(key_name("s3:ExistingObjectTag/<key>"), "s3:ExistingObjectTag/${key}");
        assert_eq!(key_name("aws:RequestTag/tag-key"), "aws:RequestTag/${TagKey}");
        assert_eq!(key_name("aws:SourceIp"), "aws:SourceIp");
    }

    #[test]
    fn the_first_of_two_levels_counts() {
        assert_eq!(level("Tagging, Write"), Ok(AccessLevel::Tagging));
        assert_eq!(level("Write"), Ok(AccessLevel::Write));
        assert!(level("Whatever").is_err());
    }
}
