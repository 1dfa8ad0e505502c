//! OID002: the pattern for the tenant lets others in.

use super::provider::{Form, Trusted, fails_open, tests, tokens};
use crate::scene::after_denies;
use polsim_arn::{Budget, Pattern, TextSet};
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{KeyBlock, PolicyType, Statement};

/// More than enough for two patterns.
const STEPS: u64 = 50_000;
/// A tenant that nobody named.
const TENANT: &str = "evil";

pub(crate) const RULE: Rule = Rule {
    code: "OID002",
    name: "tenant-claim-open",
    severity: Severity::High,
    applies: Types::TRUST,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "The claim that tells the tenants of a shared identity provider apart is tested with a pattern that tenants match whom nobody named.",
        why: "A wildcard before the end of the organization's name is filled by whoever registers a fitting name: `repo:acme*` lets `acme-evil` in.",
        bad: &[
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
                  "StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme*"}}}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"},
                "Condition": {"StringEquals": {"app.terraform.io:aud": "aws.workload.identity"},
                  "StringLike": {"app.terraform.io:sub": "organization:*:project:*:workspace:*:run_phase:*"}}}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
                  "StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/*"}}}"#,
        )],
        fix: "Write the name of the organization out, up to the character that ends it.",
        source: "S2.1, S4.15.7, IAM user guide, id_roles_providers_oidc_secure-by-default",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for trusted in Trusted::all(statement) {
        let keys = trusted.tenant_keys();
        let form = trusted.shared().and_then(|shared| shared.form);
        let judge = after_denies(subject, statement);
        for (_, block) in tests(statement, &keys).into_iter().filter(|(operator, _)| !fails_open(*operator)) {
            let key = block.key.value.folded();
            let form = form.filter(|_| keys.first() == Some(&key));
            let Some((value, witness)) = strangers(block, form).into_iter().find_map(|value| {
                let scene = tokens(&judge, &trusted).having(&key, &value);
                let scene = keys.iter().fold(scene, |scene, key| scene.having(key, TENANT));
                Some((value, scene.allowed()?))
            }) else {
                continue;
            };
            let sentence = format!("a token with the claim `{value}` passes");
            findings
                .add(block.key.span, sentence)
                .help("write the name of the organization out, up to the character that ends it")
                .witness(&witness.request);
        }
    }
}

/// Values of the claim for tenants that nobody named, made so that they fit what the policy asks for where they can.
fn strangers(block: &KeyBlock, form: Option<Form>) -> Vec<String> {
    let Some(form) = form else { return vec![TENANT.to_owned()] };
    let values = block.values.iter().map(|value| value.value.text.as_str());
    values.filter(|value| value.contains(['*', '?'])).filter_map(|value| stranger(value, form)).collect()
}

fn stranger(value: &str, form: Form) -> Option<String> {
    let pattern = Pattern::wildcard(value);
    let tenant = match value.strip_prefix(form.before) {
        None => TENANT.to_owned(),
        Some(rest) => {
            let name = rest.split(form.end).next().unwrap_or(rest);
            if !name.contains(['*', '?']) {
                return None;
            }
            let is_begun = !name.starts_with(['*', '?']);
            Pattern::wildcard(name).fill(if is_begun { "-evil" } else { TENANT }, 'x')
        }
    };
    let example = form.example.replace("{}", &tenant);
    if pattern.matches(&example) {
        return Some(example);
    }
    let of_tenant = Pattern::wildcard(&format!("{}{tenant}{}*", form.before, form.end));
    let both = TextSet::from(pattern).and(&TextSet::from(of_tenant));
    both.shortest(&mut Budget::new(STEPS)).ok().flatten()
}
