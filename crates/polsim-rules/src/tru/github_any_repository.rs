//! TRU010: a wildcard in the subject of GitHub Actions.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_warning};
use polsim_policy::{Effect, OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU010",
    name: "github-any-repository",
    severity: Severity::Medium,
    aliases: &[aws_warning("SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "The subject that is asked of GitHub Actions has a wildcard where the repository or the branch is named.",
        why: "Every workflow that the pattern fits may assume the role: of another repository, of a branch that anybody may push, of a pull request.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Name the repository and the branch or environment.",
        source: "GitHub's and AWS's pages on OIDC",
    },
    ..Rule::DEFAULT
};

const SUBJECT: &str = "token.actions.githubusercontent.com:sub";

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    let blocks = statement.condition.blocks.iter();
    for key in
        blocks.filter(|b| b.operator.value.name == OperatorName::StringLike).flat_map(|block| &block.keys)
    {
        for value in key.values.iter().filter(|_| key.key.value.folded() == SUBJECT) {
            if value.value.text.contains(['*', '?']) {
                let text = &value.value.text;
                findings.add(
                    value.span,
                    format!("every workflow whose subject fits `{text}` may assume the role"),
                );
            }
        }
    }
}
