//! TRU021: an OIDC provider without a test of its claims.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_security};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};
use polsim_text::Spanned;

pub(crate) const RULE: Rule = Rule {
    code: "TRU021",
    name: "oidc-without-test",
    severity: Severity::High,
    aliases: &[aws_security("MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "An OIDC provider is trusted without a test of any of its claims.",
        why: "Every token of the provider is good for the role, whoever it was made for. Providers that many customers share make this open to the world.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/login.example.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                                               "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main"}}}"#,
        )],
        fix: "Test the audience and the subject.",
        source: "S5.4; AWS's page on OIDC roles",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let is_tested = |provider: &str| {
        let start = format!("{}:", provider.to_ascii_lowercase());
        let mut keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
        keys.any(|key| key.key.value.folded().starts_with(&start))
    };
    for (principal, provider) in providers(statement) {
        if statement.effect.value == Effect::Allow && !is_tested(provider) {
            let sentence = format!("every token of {provider} is good for this role");
            findings
                .add(principal.span, sentence)
                .help(format!("test `{provider}:aud` and `{provider}:sub`"));
        }
    }
}

/// The providers that the Allow statements of a trust policy name, by what their keys begin with.
fn providers(statement: &Statement) -> impl Iterator<Item = (&Spanned<String>, &str)> {
    let entries = match &statement.principal {
        Some(Element::Is(principal)) => match &principal.value {
            Principal::Entries(entries) => entries.as_slice(),
            Principal::Everyone => &[],
        },
        _ => &[],
    };
    let federated = entries.iter().filter(|entry| entry.principal_type == PrincipalType::Federated);
    federated.filter_map(|entry| Some((&entry.value, entry.value.value.split_once(":oidc-provider/")?.1)))
}
