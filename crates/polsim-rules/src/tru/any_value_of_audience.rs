//! TRU020: `ForAnyValue` on the audience.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_security};
use polsim_policy::{PolicyType, SetQuantifier, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU020",
    name: "any-value-of-audience",
    severity: Severity::Medium,
    aliases: &[aws_security("FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "`ForAnyValue` stands on the audience claim of an OIDC provider, which has one value in most tokens.",
        why: "Of a token with several audiences one is enough, also when the others were made for somebody else.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"ForAnyValue:StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Drop the qualifier.",
        source: "S3.13",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        if block.operator.value.quantifier != Some(SetQuantifier::ForAnyValue) {
            continue;
        }
        for key in block.keys.iter().filter(|key| key.key.value.folded().ends_with(":aud")) {
            findings
                .add(block.operator.span, format!("one matching value of `{}` is enough", key.key.value))
                .also(key.key.span, "the audience");
        }
    }
}
