//! OID005: code that nobody reviewed gets the role.

use super::provider::{GITHUB_URL, Trusted, fails_open, tests, tokens};
use crate::scene::after_denies;
use polsim_arn::Pattern;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

/// Claims that tell what a workflow runs for, besides `sub`.
const CONTEXT: [&str; 5] = ["ref", "environment", "job_workflow_ref", "event_name", "workflow_ref"];

pub(crate) const RULE: Rule = Rule {
    code: "OID005",
    name: "untrusted-context",
    severity: Severity::Medium,
    applies: Types::TRUST,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy for GitHub Actions lets in workflows that run for a pull request.",
        why: "A pull request brings its own code. Whoever may open one that runs a workflow with the right to ask for a token has the role before anybody has reviewed it.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
                  "StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/app:*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Name the branch, the tag or the environment: `repo:acme/app:ref:refs/heads/main`, `repo:acme/app:environment:production`.",
        source: "S2.1, S4.15.7, GitHub's guide to OpenID Connect",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for trusted in Trusted::all(statement).into_iter().filter(|trusted| trusted.url == GITHUB_URL) {
        let context = CONTEXT.map(|claim| trusted.key(claim));
        if !tests(statement, &context).is_empty() {
            continue;
        }
        let sub = trusted.key("sub");
        let keys = [sub.clone()];
        let judge = after_denies(subject, statement);
        for (_, block) in tests(statement, &keys).into_iter().filter(|(operator, _)| !fails_open(*operator)) {
            for value in &block.values {
                let Some(claim) = of_pull_request(&value.value.text) else { continue };
                let Some(witness) = tokens(&judge, &trusted).having(&sub, &claim).allowed() else { continue };
                findings
                    .add(value.span, format!("a workflow of a pull request passes: `{claim}`"))
                    .help("name the branch, the tag or the environment")
                    .witness(&witness.request);
            }
        }
    }
}

/// A subject of a pull request that a pattern for one organization matches. Where any organization comes in, that is
/// the worse news (OID002).
fn of_pull_request(value: &str) -> Option<String> {
    let (organization, rest) = value.strip_prefix("repo:")?.split_once('/')?;
    if organization.contains(['*', '?']) {
        return None;
    }
    let fill = |name: &str| Pattern::wildcard(name).fill("example", 'x');
    // A colon ends the name of the repository; without one a wildcard stands for what follows.
    let (name, matches) = match rest.split_once(':') {
        Some((name, context)) => (fill(name), Pattern::wildcard(context).matches("pull_request")),
        None => ("example".to_owned(), Pattern::wildcard(rest).matches("example:pull_request")),
    };
    matches.then(|| format!("repo:{organization}/{name}:pull_request"))
}
