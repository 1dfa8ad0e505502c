//! SYN101: several documents in one text.

use polsim_lint::{Doc, Example, Rule, Severity};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN101",
    name: "several-documents",
    severity: Severity::High,
    doc: Doc {
        what: "The text holds several JSON documents, one below the other.",
        why: "AWS refuses it. Its guides print policies so, and tools that read only the first lose the rest without a word.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
               {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Put the statements of all documents into one list, or each document into a file of its own.",
        source: "S1.1.1",
    },
    ..Rule::DEFAULT
};
