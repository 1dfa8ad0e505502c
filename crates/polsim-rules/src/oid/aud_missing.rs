//! OID004: nobody asks what the token was made for.

use super::provider::{Trusted, tests, tokens};
use crate::scene::after_denies;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "OID004",
    name: "aud-missing",
    severity: Severity::Medium,
    applies: Types::TRUST,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy lets an OIDC provider in without a test of its `aud` claim. A test with `ForAnyValue` is TRU020.",
        why: "A token that was made for another use of the same provider passes too, as long as its audience is registered with the provider in IAM.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Test `aud`; it is `sts.amazonaws.com` unless the client asks for something else.",
        source: "S4.15.7",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for trusted in Trusted::all(statement) {
        let aud = trusted.key("aud");
        // Where `aud` is what tells the tenants apart, OID001 says so. The providers that IAM knows by name have their
        // application ids.
        let is_registered = trusted.principal != trusted.url;
        let keys = [aud.clone()];
        if !is_registered || trusted.tenant_keys().contains(&aud) || !tests(statement, &keys).is_empty() {
            continue;
        }
        let judge = after_denies(subject, statement);
        if let Some(witness) = tokens(&judge, &trusted).having(&aud, "something-else").allowed() {
            let sentence = format!("tokens of `{}` for any audience pass", trusted.url);
            findings.add(trusted.span, sentence).help(format!("test `{aud}`")).witness(&witness.request);
        }
    }
}
