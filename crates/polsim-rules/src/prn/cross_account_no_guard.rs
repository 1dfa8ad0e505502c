//! PRN102: a whole foreign account may assume the role.

use crate::scene::{Scene, after_denies};
use crate::stranger;
use polsim_arn::Arn;
use polsim_eval::NetworkPath;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Principal, PrincipalEntry, Statement};
use polsim_prove::PrincipalRegion;
use std::collections::BTreeSet;

pub(crate) const RULE: Rule = Rule {
    code: "PRN102",
    name: "cross-account-no-guard",
    severity: Severity::Medium,
    confidence: Confidence::Low,
    applies: Types::TRUST,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy names an account, and any user or role of it may come. The account may be the role's own, which the policy does not say; the rule is \
               surer when several accounts are named.",
        why: "Whoever administers that account decides who comes in. A vendor that serves many customers from one \
              account can be talked into using the role for another customer unless an external id is demanded.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "sts:AssumeRole"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": "9f2c1a"}}}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/deploy"},
                    "Action": "sts:AssumeRole"}"#,
            ),
        ],
        fix: "Name the role that comes, or test aws:PrincipalArn; for a vendor test sts:ExternalId.",
        source: "S2.4.2, S4.15",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    let accounts: BTreeSet<&str> = subject
        .statements()
        .iter()
        .flat_map(entries)
        .filter_map(|entry| account(&entry.value.value))
        .collect();
    for entry in entries(statement) {
        let Some(account) = account(&entry.value.value) else { continue };
        let judge = after_denies(subject, statement);
        let anyone = stranger::arns(&format!("arn:*:iam::{account}:role/somebody"));
        let scene = Scene::new(&judge, &["sts:AssumeRole"]).by(PrincipalRegion::Arn(anyone));
        let scene = stranger::known_caller(scene).without("sts:externalid").through(NetworkPath::Direct);
        let Some(witness) = scene.allowed() else { continue };
        let sentence = format!("every role of account {account} may assume this role if its account lets it");
        let finding = findings.add(entry.value.span, sentence);
        if accounts.len() > 1 {
            finding.confidence(Confidence::Medium);
        }
        finding.help("name the role that comes, or test sts:ExternalId").witness(&witness.request);
    }
}

fn entries(statement: &Statement) -> &[PrincipalEntry] {
    match &statement.principal {
        Some(principal) if !principal.is_negated() => match principal.listed() {
            Principal::Everyone => &[],
            Principal::Entries(entries) => entries,
        },
        _ => &[],
    }
}

/// The account that a principal stands for as a whole.
fn account(principal: &str) -> Option<&str> {
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    match Arn::parse(principal) {
        Some(arn) => (arn.resource == "root").then_some(arn.account),
        None => is_account(principal).then_some(principal),
    }
}
