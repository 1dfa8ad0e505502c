//! OID003: the test of the tenant passes when it should not.

use super::provider::{Trusted, fails_open, tests, tokens};
use crate::scene::after_denies;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "OID003",
    name: "tenant-claim-fail-open",
    severity: Severity::High,
    applies: Types::TRUST,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "The claim that tells the tenants of a shared identity provider apart is tested with an operator that also passes tokens without the claim, or all but some.",
        why: "`IfExists`, `ForAllValues` and negated operators are true of a claim that is not there; a list of those who may not come in leaves the world.",
        bad: &[
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
                "Condition": {"StringLikeIfExists": {"gitlab.com:sub": "project_path:acme/app:*"}}}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringNotLike": {"token.actions.githubusercontent.com:sub": "repo:evil/*"}}}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
                "Condition": {"StringEquals": {"gitlab.com:aud": "https://gitlab.com"},
                  "StringLike": {"gitlab.com:sub": "project_path:acme/app:*"}}}"#,
        )],
        fix: "Use `StringEquals` or `StringLike`.",
        source: "S3.1.2, S3.12, S3.13.2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for trusted in Trusted::all(statement) {
        let keys = trusted.tenant_keys();
        let tests = tests(statement, &keys);
        let Some((operator, block)) = tests.iter().find(|(operator, _)| fails_open(*operator)) else {
            continue;
        };
        if tests.iter().any(|(operator, _)| !fails_open(*operator)) {
            continue;
        }
        let judge = after_denies(subject, statement);
        let nobody = keys.iter().fold(tokens(&judge, &trusted), |scene, key| scene.without(key));
        let stranger = keys.iter().fold(tokens(&judge, &trusted), |scene, key| scene.having(key, "stranger"));
        if let Some(witness) = stranger.allowed().or_else(|| nobody.allowed()) {
            let sentence = format!("`{operator}` does not tell tenants of `{}` apart", trusted.url);
            findings
                .add(block.key.span, sentence)
                .help("use StringEquals or StringLike")
                .witness(&witness.request);
        }
    }
}
