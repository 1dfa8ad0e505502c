//! PRN005: an identity provider elsewhere than in a trust policy.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN005",
    name: "federated-principal-not-supported",
    severity: Severity::Error,
    aliases: &[aws_error("FEDERATED_PRINCIPAL_NOT_SUPPORTED")],
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A policy other than the trust policy of a role names an identity provider.",
        why: "Who signs in with a provider becomes a session of a role first; AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/acme"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Name the role that the users assume.",
        source: "S1.7.8",
    },
    ..Rule::DEFAULT
};
