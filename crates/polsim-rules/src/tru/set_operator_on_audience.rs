//! TRU030: a set operator on the audience.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_suggestion};
use polsim_policy::{PolicyType, SetQuantifier, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU030",
    name: "set-operator-on-audience",
    severity: Severity::Info,
    aliases: &[aws_suggestion("CONFIRM_AUDIENCE_CLAIM_TYPE")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "An operator with `ForAllValues` or `ForAnyValue` stands on the audience claim.",
        why: "Most tokens have one audience, for which the qualifier is needless, and `ForAllValues` also holds when there is none.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"ForAllValues:StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Drop the qualifier unless the provider sends several audiences.",
        source: "S3.13.3",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        if block.operator.value.quantifier != Some(SetQuantifier::ForAllValues) {
            continue;
        }
        for key in block.keys.iter().filter(|key| key.key.value.folded().ends_with(":aud")) {
            findings
                .add(block.operator.span, format!("`{}` has one value in most tokens", key.key.value))
                .also(key.key.span, "the audience");
        }
    }
}
