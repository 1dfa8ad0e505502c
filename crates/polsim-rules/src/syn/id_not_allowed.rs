//! SYN200: an `Id` in a type of policy that has none.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN200",
    name: "id-not-allowed",
    severity: Severity::Error,
    doc: Doc {
        what: "The document has an `Id`, and its type of policy has none.",
        why: "AWS refuses it.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Id": "Readers", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Resource,
            r#"{"Version": "2012-10-17", "Id": "Readers", "Statement": [
               {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]}"#,
        )],
        fix: "Remove it; a `Sid` or the name of the policy can say what it is for.",
        source: "S1.3.1",
    },
    ..Rule::DEFAULT
};
