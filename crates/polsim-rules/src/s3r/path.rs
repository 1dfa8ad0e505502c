//! What an entry of `Resource` says of buckets and keys: the part behind `arn:aws:s3:::`.

use polsim_arn::{Class, Pattern, Token};
use polsim_policy::{Part, Statement, Variable, Version, read_template};
use polsim_text::Spanned;

/// The part behind the fifth colon of the ARN of a bucket or an object, with its variables taken for wildcards.
pub(crate) struct S3Path {
    /// Bucket and key.
    pub(crate) pattern: Pattern,
    /// What comes before it, with wildcards replaced: `arn:aws:s3:::`.
    pub(crate) head: String,
    /// The variables in front of the first `/` whose values we cannot tell.
    pub(crate) bucket_variables: Vec<Variable>,
}

/// Variables whose value the caller cannot choose, with an example of one.
const PINNED: [(&str, &str); 5] = [
    ("aws:principalaccount", "111122223333"),
    ("aws:resourceaccount", "111122223333"),
    ("aws:principalorgid", "o-exampleorgid"),
    ("aws:resourceorgid", "o-exampleorgid"),
    ("aws:requestedregion", "us-east-1"),
];

/// How the ARNs of S3 go on that have an account.
const OTHERS: [&str; 6] =
    ["accesspoint/", "access-grants/", "async-request/", "job/", "storage-lens/", "storage-lens-group/"];

impl S3Path {
    /// Reads an entry; `None` when it is no ARN of buckets and objects.
    pub(crate) fn read(entry: &str, version: Version) -> Option<Self> {
        let mut fields = entry.splitn(6, ':');
        let (arn, partition, service) = (fields.next()?, fields.next()?, fields.next()?);
        let (region, account, path) = (fields.next()?, fields.next()?, fields.next()?);
        let is_blank = |field: &str| matches!(field, "" | "*");
        if arn != "arn" || service != "s3" || !is_blank(region) || !is_blank(account) || path.is_empty() {
            return None;
        }
        // A star for Region or account is as good as nothing in front of a bucket, but these have both.
        if !(region.is_empty() && account.is_empty()) && OTHERS.iter().any(|other| path.starts_with(other)) {
            return None;
        }
        let partition = if partition.contains('*') { "aws" } else { partition };
        let mut tokens = Vec::new();
        let mut bucket_variables = Vec::new();
        let (template, _) = read_template(path, version);
        for part in template.parts {
            match part {
                Part::Literal(text) => tokens.extend(text.chars().map(Token::Literal)),
                Part::AnyOne => tokens.push(Token::One(Class::Any)),
                Part::AnyMany => tokens.push(Token::Many(Class::Any)),
                Part::Variable(variable) => match pinned(&variable) {
                    Some(example) => tokens.extend(example.chars().map(Token::Literal)),
                    None => {
                        if !tokens.contains(&Token::Literal('/')) {
                            bucket_variables.push(variable);
                        }
                        tokens.push(Token::Many(Class::Any));
                    }
                },
            }
        }
        let pattern = Pattern::from_tokens(tokens);
        Some(Self { pattern, head: format!("arn:{partition}:s3:::"), bucket_variables })
    }

    /// The part in front of the first `/` as it is written.
    pub(crate) fn bucket_text(entry: &str) -> &str {
        let path = entry.splitn(6, ':').nth(5).unwrap_or(entry);
        path.split('/').next().unwrap_or(path)
    }

    /// Whether a name of a bucket is one only for want of one. Such names are the business of another rule.
    pub(crate) fn is_placeholder(bucket: &str) -> bool {
        bucket.contains(['<', '>', '{', '}', '[', ']', '$', ' ']) || bucket.contains("***")
    }
}

fn pinned(variable: &Variable) -> Option<&'static str> {
    let key = variable.key.as_ref()?.folded();
    PINNED.iter().find(|(name, _)| *name == key).map(|(_, example)| *example)
}

/// The entries of `Resource` (not of `NotResource`) that are ARNs of buckets and objects.
pub(crate) fn s3_entries(
    statement: &Statement,
    version: Version,
) -> impl Iterator<Item = (&Spanned<String>, S3Path)> {
    let listed = statement.resource.as_ref().filter(|resource| !resource.is_negated());
    let entries = listed.into_iter().flat_map(|resource| resource.listed());
    entries.filter_map(move |entry| Some((entry, S3Path::read(&entry.value, version)?)))
}
