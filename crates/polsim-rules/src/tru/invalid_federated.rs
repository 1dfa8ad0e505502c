//! TRU004: a federated principal that is no identity provider.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "TRU004",
    name: "invalid-federated",
    severity: Severity::Error,
    aliases: &[
        aws_error("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"),
        parliament("UNKNOWN_FEDERATION_SOURCE"),
    ],
    applies: Types::WITH_PRINCIPAL,
    doc: Doc {
        what: "A `Federated` principal is neither the ARN of a provider nor one of the known domains.",
        why: "IAM refuses it.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "login.example.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Write the ARN of the SAML or OIDC provider in IAM.",
        source: "S1.7.8",
    },
    ..Rule::DEFAULT
};
