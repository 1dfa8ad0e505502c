//! What is known of global condition keys (S5.3): one value or many, and whether every request carries it.

/// How many values a key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// One.
    One,
    /// A list.
    Many,
    /// The key is not known: either.
    Unknown,
}

/// Global keys with one value; families of tags end in `/`.
const SINGLE: [&str; 46] = [
    "aws:currenttime",
    "aws:epochtime",
    "aws:securetransport",
    "aws:requestedregion",
    "aws:useragent",
    "aws:viaawsservice",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:userid",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalorgid",
    "aws:principaltag/",
    "aws:username",
    "aws:federatedprovider",
    "aws:tokenissuetime",
    "aws:multifactorauthpresent",
    "aws:multifactorauthage",
    "aws:sourceidentity",
    "aws:assumedroot",
    "aws:ec2instancesourcevpc",
    "aws:ec2instancesourceprivateipv4",
    "ec2:sourceinstancearn",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
    "aws:sourceip",
    "aws:vpcsourceip",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourcevpcarn",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:resourcetag/",
    "aws:requesttag/",
    "aws:referer",
    "s3:prefix",
    "s3:x-amz-acl",
    "s3:existingobjecttag/",
];

/// Global keys with a list of values.
const MANY: [&str; 7] = [
    "aws:principalservicenameslist",
    "aws:principalorgpaths",
    "aws:vpceorgpaths",
    "aws:calledvia",
    "aws:sourceorgpaths",
    "aws:resourceorgpaths",
    "aws:tagkeys",
];

/// How many values the key of this name in lower case has.
#[must_use]
pub fn arity(name: &str) -> Arity {
    let family = name.split_once('/').map_or_else(|| name.to_owned(), |(family, _)| format!("{family}/"));
    if SINGLE.contains(&family.as_str()) {
        Arity::One
    } else if MANY.contains(&name) {
        Arity::Many
    } else {
        Arity::Unknown
    }
}

/// Keys that every request carries (S5.3).
pub const ALWAYS_PRESENT: [&str; 6] = [
    "aws:currenttime",
    "aws:epochtime",
    "aws:securetransport",
    "aws:requestedregion",
    "aws:useragent",
    "aws:viaawsservice",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s5_3_keys_have_one_value_or_many() {
        assert_eq!(arity("aws:sourcevpce"), Arity::One);
        assert_eq!(arity("aws:principaltag/team"), Arity::One);
        assert_eq!(arity("aws:tagkeys"), Arity::Many);
        assert_eq!(arity("saml:aud"), Arity::Unknown);
        assert!(ALWAYS_PRESENT.iter().all(|key| arity(key) == Arity::One));
    }
}
