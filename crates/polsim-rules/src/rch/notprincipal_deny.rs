//! RCH007: a Deny that spares a role and hits it all the same.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RCH007",
    name: "notprincipal-deny",
    severity: Severity::High,
    applies: Types::RESOURCE,
    check: Check::Statement(check),
    doc: Doc {
        what: "A Deny with `NotPrincipal` spares a user or role and not its account, or a role and no session of it.",
        why: "A request is made by several principals at once: the session, its role, the account. Whoever of them is not listed is denied, and with it the request.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}}}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:root"]},
                    "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*"}"#,
            ),
        ],
        fix: "Deny `*` with `ArnNotEquals` on `aws:PrincipalArn`.",
        source: "S2.4, S2.5",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Element::Not(listed)) = &statement.principal else { return };
    let Principal::Entries(entries) = &listed.value else { return };
    if statement.effect.value != Effect::Deny {
        return;
    }
    let aws = || entries.iter().filter(|entry| entry.principal_type == PrincipalType::Aws);
    let has = |text: &str| aws().any(|entry| entry.value.value == text);
    for entry in aws() {
        let mut fields = entry.value.value.splitn(6, ':').skip(1);
        let partition = fields.next().unwrap_or_default();
        let (Some(account), Some(resource)) = (fields.nth(2), fields.next()) else { continue };
        let root = format!("arn:{partition}:iam::{account}:root");
        let session = format!("arn:{partition}:sts::{account}:assumed-role/");
        let is_role = resource.starts_with("role/");
        let mut missing = Vec::new();
        if resource != "root" && !has(account) && !has(&root) {
            missing.push(format!("the account (`{root}`)"));
        }
        let name = resource.rsplit('/').next().unwrap_or_default();
        let begins = format!("{session}{name}/");
        if is_role && !aws().any(|other| other.value.value.starts_with(&begins)) {
            missing.push(format!("its sessions (`{begins}…`)"));
        }
        if missing.is_empty() {
            continue;
        }
        let sentence = format!(
            "{} hits what it spares here, for {} is not listed",
            subject.name(statement),
            missing.join(" and ")
        );
        findings.add(entry.value.span, sentence).help("deny \"*\" with ArnNotEquals on aws:PrincipalArn");
    }
}
