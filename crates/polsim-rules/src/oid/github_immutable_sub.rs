//! OID006: subjects with ids do not match.

use super::provider::{GITHUB_URL, Trusted, fails_open, tests};
use polsim_arn::Pattern;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "OID006",
    name: "github-immutable-sub",
    severity: Severity::Info,
    confidence: Confidence::Medium,
    applies: Types::TRUST,
    phase: Phase::Grammar,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy for GitHub Actions names owner and repository without their ids.",
        why: "Repositories made, renamed or moved after the middle of July 2026, and those that opted in, have subjects of the form `repo:owner@id/name@id:…`, which such a pattern does not match. Names can be taken over by others once they are free; ids cannot.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub": ["repo:acme/app:ref:refs/heads/main",
                      "repo:acme@123456/app@456789:ref:refs/heads/main"]}}}"#,
        )],
        fix: "Look up which form the repository uses, and write that one, or both while it changes.",
        source: "GitHub changelog 2026-04-23, immutable subject claims",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for trusted in Trusted::all(statement).into_iter().filter(|trusted| trusted.url == GITHUB_URL) {
        let keys = [trusted.key("sub")];
        for (_, block) in tests(statement, &keys).into_iter().filter(|(operator, _)| !fails_open(*operator)) {
            let patterns = block.values.iter().map(|value| Pattern::wildcard(&value.value.text));
            let patterns: Vec<_> = patterns.collect();
            let matches = |claim: &str| patterns.iter().any(|pattern| pattern.matches(claim));
            for value in &block.values {
                if let Some(claim) = with_ids(&value.value.text).filter(|claim| !matches(claim)) {
                    findings
                        .add(
                            value.span,
                            format!("the subject of a newer repository does not match: `{claim}`"),
                        )
                        .help("write the form that the repository uses, or both");
                }
            }
        }
    }
}

/// A subject with ids of the owner and repository that a pattern names by name.
fn with_ids(value: &str) -> Option<String> {
    let (owner, rest) = value.strip_prefix("repo:")?.split_once('/')?;
    let (name, context) = rest.split_once(':').unwrap_or((rest, "ref:refs/heads/main"));
    if owner.contains(['*', '?', '@', '$']) || name.contains(['@', '$']) {
        return None;
    }
    let (name, context) = (fill(name), fill(context));
    Some(format!("repo:{owner}@123456/{name}@456789:{context}"))
}

fn fill(pattern: &str) -> String {
    Pattern::wildcard(pattern).fill("example", 'x')
}
