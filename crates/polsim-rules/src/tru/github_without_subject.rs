//! TRU022: GitHub Actions without a test of the subject.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_security};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU022",
    name: "github-without-subject",
    severity: Severity::High,
    aliases: &[aws_security("MISSING_GITHUB_REPO_CONDITION_KEY")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "GitHub Actions is trusted without a test of the subject of its tokens.",
        why: "Every repository of GitHub gets tokens of that provider, and any of them may assume the role.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Test `token.actions.githubusercontent.com:sub` against your repository.",
        source: "GitHub's and AWS's pages on OIDC",
    },
    ..Rule::DEFAULT
};

const GITHUB: &str = ":oidc-provider/token.actions.githubusercontent.com";
const SUBJECT: &str = "token.actions.githubusercontent.com:sub";

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Element::Is(principal)) = &statement.principal else { return };
    let Principal::Entries(entries) = &principal.value else { return };
    let mut keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    if statement.effect.value == Effect::Deny || keys.any(|key| key.key.value.folded() == SUBJECT) {
        return;
    }
    for entry in entries.iter().filter(|entry| entry.principal_type == PrincipalType::Federated) {
        if entry.value.value.ends_with(GITHUB) {
            findings
                .add(entry.value.span, "workflows of every repository of GitHub may assume this role")
                .help(format!("test `{SUBJECT}` against your repository"));
        }
    }
}
