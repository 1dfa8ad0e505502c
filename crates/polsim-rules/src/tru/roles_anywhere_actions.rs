//! TRU006: Roles Anywhere without all of its actions.

use polsim_arn::ActionName;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_error};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU006",
    name: "roles-anywhere-actions",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY")],
    applies: Types::TRUST,
    check: Check::Document(check),
    doc: Doc {
        what: "A trust policy lets IAM Roles Anywhere assume the role without all three actions that it needs.",
        why: "It calls `sts:AssumeRole`, `sts:SetSourceIdentity` and `sts:TagSession` together; when one is missing, no session is made.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": "sts:AssumeRole"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]}"#,
        )],
        fix: "Allow all three.",
        source: "AWS's page on the trust model of Roles Anywhere",
    },
    ..Rule::DEFAULT
};

const SERVICE: &str = "rolesanywhere.amazonaws.com";
const NEEDED: [&str; 3] = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

/// Other statements may allow the rest, so the document is looked at as a whole.
fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let trusts: Vec<&Statement> =
        subject.of(Effect::Allow).filter(|statement| trusts_it(statement)).collect();
    let Some(first) = trusts.first().filter(|_| subject.is_whole()) else { return };
    let allows = |name: &&&str| {
        let Ok(name) = ActionName::parse(name) else { return false };
        trusts.iter().any(|statement| {
            let listed = statement.action.listed().iter().any(|action| action.value.matches(&name));
            listed != statement.action.is_negated()
        })
    };
    let missing: Vec<String> =
        NEEDED.iter().filter(|name| !allows(name)).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let sentence = format!("IAM Roles Anywhere also needs {}", missing.join(" and "));
        findings.add(first.action.span(), sentence);
    }
}

fn trusts_it(statement: &Statement) -> bool {
    let Some(Element::Is(principal)) = &statement.principal else { return false };
    let Principal::Entries(entries) = &principal.value else { return false };
    entries.iter().any(|entry| entry.principal_type == PrincipalType::Service && entry.value.value == SERVICE)
}
