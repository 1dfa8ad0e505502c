//! Resources that the parser refuses or corrects.

use polsim_lint::{Confidence, Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const INVALID_PREFIX: Rule = Rule {
    code: "ARN002",
    name: "invalid-arn-prefix",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_ARN_PREFIX"), parliament("INVALID_ARN")],
    doc: Doc {
        what: "A resource is neither `*` nor begins with `arn:`.",
        why: "AWS refuses the document.",
        bad: allow!("s3:GetObject", "reports/*"),
        good: allow!("s3:GetObject", "arn:aws:s3:::reports/*"),
        fix: "Write the ARN.",
        source: "S1.9.2",
    },
    ..Rule::DEFAULT
};

pub(crate) const MISSING_FIELD: Rule = Rule {
    code: "ARN003",
    name: "missing-arn-field",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_ARN_FIELD"), parliament("INVALID_ARN")],
    doc: Doc {
        what: "An ARN has fewer than six fields, and no wildcard at its end that would stand for the rest.",
        why: "It matches nothing.",
        bad: allow!("s3:ListBucket", "arn:aws:s3:reports"),
        good: allow!("s3:ListBucket", "arn:aws:s3:::reports"),
        fix: "Write all fields: `arn:partition:service:region:account:resource`; those of S3 have no Region and no account.",
        source: "S2.3.6",
    },
    ..Rule::DEFAULT
};

pub(crate) const KMS_RESOURCE: Rule = Rule {
    code: "ARN200",
    name: "key-policy-resource",
    severity: Severity::Low,
    doc: Doc {
        what: "The resource of a key policy is written out.",
        why: "It is the key that carries the policy in any case, written `*`; another key, or an alias, matches nothing.",
        bad: &[Example::statements(
            PolicyType::Kms,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*",
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Kms,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*",
                "Resource": "*"}"#,
        )],
        fix: "Write `*`.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};

pub(crate) const WILDCARD_SERVICE: Rule = Rule {
    code: "ARN201",
    name: "wildcard-in-arn-service",
    severity: Severity::Error,
    doc: Doc {
        what: "The service of an ARN has a wildcard.",
        why: "IAM takes none there: the entry matches nothing, or is refused.",
        bad: allow!("s3:ListBucket", "arn:aws:s*:::reports"),
        good: allow!("s3:ListBucket", "arn:aws:s3:::reports"),
        fix: "Name the service; list an ARN for each if there are several.",
        source: "S1.9.4",
    },
    ..Rule::DEFAULT
};

pub(crate) const WILDCARD_TYPE: Rule = Rule {
    code: "ARN202",
    name: "wildcard-in-resource-type",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    doc: Doc {
        what: "The word that tells the type of a resource has a wildcard.",
        why: "The guide of IAM says that none may stand there, though policies of AWS itself have some: what it matches is not promised.",
        bad: allow!("iam:GetUser", "arn:aws:iam::111122223333:us*/alice"),
        good: allow!("iam:GetUser", "arn:aws:iam::111122223333:user/ali*"),
        fix: "Write the word, and the wildcard behind it.",
        source: "S1.9.4",
    },
    ..Rule::DEFAULT
};
