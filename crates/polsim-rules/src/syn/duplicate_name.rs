//! SYN102: one name twice in one object.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN102",
    name: "duplicate-name",
    severity: Severity::High,
    doc: Doc {
        what: "A name appears twice in one object of the document.",
        why: "AWS refuses it, and most JSON readers keep the last one only: a whole operator of a condition, or a statement, is lost without a word.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*",
               "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}, "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*",
               "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d", "aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Merge the two.",
        source: "S1.1.3",
    },
    ..Rule::DEFAULT
};
