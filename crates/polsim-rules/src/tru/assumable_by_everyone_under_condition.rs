//! TRU043: everyone may assume the role under a condition.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, cloudsplaining};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU043",
    name: "assumable-by-everyone-under-condition",
    severity: Severity::Medium,
    opt_in: true,
    aliases: &[cloudsplaining("AssumableByAnyPrincipalWithConditions")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "Everyone may assume the role, limited by a condition alone.",
        why: "The condition is all that keeps the world out; a key that is absent, or that the caller chooses, opens the role.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Name the accounts, or check the condition with `polsim check`.",
        source: "cloudsplaining's finding; S2.4.8",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Element::Is(principal)) = &statement.principal else { return };
    let Principal::Entries(entries) = &principal.value else { return };
    if statement.effect.value == Effect::Deny {
        return;
    }
    if statement.condition.blocks.is_empty() {
        return;
    }
    for entry in entries.iter().filter(|entry| entry.principal_type == PrincipalType::Aws) {
        if entry.value.value == "*" {
            findings.add(entry.value.span, "only the condition keeps the world from assuming this role");
        }
    }
}
