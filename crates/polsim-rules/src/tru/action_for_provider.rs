//! TRU005: an action that does not fit the identity provider.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "TRU005",
    name: "action-for-provider",
    severity: Severity::Error,
    aliases: &[aws_error("MISMATCHED_ACTION_FOR_PRINCIPAL")],
    applies: Types::TRUST,
    doc: Doc {
        what: "The action is that for another kind of identity provider.",
        why: "Nobody can assume the role this way.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithSAML"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "SAML providers go with `sts:AssumeRoleWithSAML`, OIDC providers with `sts:AssumeRoleWithWebIdentity`.",
        source: "S1.11.3",
    },
    ..Rule::DEFAULT
};
