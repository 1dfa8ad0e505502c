//! PRN011: the unique id of a user where its ARN should stand.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_warning};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN011",
    name: "invalid-user-reference",
    severity: Severity::Medium,
    aliases: &[aws_warning("INVALID_USER_REFERENCE")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A principal is the unique id of a user.",
        why: "AWS shows it when the user was deleted. A new user of the same name has another id and gets no access.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "AIDAJQABLZS4A3QDU576Q"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Write the ARN of the user that should have access, or remove the entry.",
        source: "S1.7.4, S2.4.6",
    },
    ..Rule::DEFAULT
};
