//! OID001: everybody who has an account with the provider may assume the role.

use super::provider::{Trusted, tests, tokens};
use crate::scene::after_denies;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "OID001",
    name: "shared-idp-no-tenant-claim",
    severity: Severity::High,
    applies: Types::TRUST,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy lets in an identity provider that many organizations share, and no claim that tells them apart is tested.",
        why: "Every customer of the provider gets tokens of the same issuer. IAM refuses such policies for the providers that it knows when they are made or changed; roles that are older stay open.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
                "Condition": {"StringEquals": {"gitlab.com:aud": "https://gitlab.com"}}}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
                "Condition": {"StringEquals": {"gitlab.com:aud": "https://gitlab.com",
                    "gitlab.com:sub": "project_path:acme/app:ref_type:branch:ref:main"}}}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main"}}}"#,
            ),
        ],
        fix: "Test the claim: `sub` for most providers, `aud` for some. Which providers are shared, and by which claim, is a table in the rule.",
        source: "S4.15.7, IAM user guide, id_roles_providers_oidc_secure-by-default",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for trusted in Trusted::all(statement) {
        let keys = trusted.tenant_keys();
        let Some(first) = keys.first().filter(|_| tests(statement, &keys).is_empty()) else { continue };
        let judge = after_denies(subject, statement);
        let scene = keys.iter().fold(tokens(&judge, &trusted), |scene, key| scene.having(key, "stranger"));
        if let Some(witness) = scene.allowed() {
            let sentence = format!("every customer of `{}` may assume this role", trusted.url);
            findings.add(trusted.span, sentence).help(format!("test `{first}`")).witness(&witness.request);
        }
    }
}
