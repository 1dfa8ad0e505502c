//! RED026: a session listed next to its role.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_suggestion};
use polsim_policy::{Element, PolicyType, Principal, PrincipalEntry, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RED026",
    name: "redundant-session-principal",
    severity: Severity::Low,
    aliases: &[aws_suggestion("REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY")],
    applies: Types::TRUST.and(Types::RESOURCE),
    check: Check::Statement(check),
    doc: Doc {
        what: "A principal is a session of a role that is listed beside it.",
        why: "The role stands for all of its sessions, so the session adds nothing.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": [
               "arn:aws:iam::111122223333:role/deploy", "arn:aws:sts::111122223333:assumed-role/deploy/ci"]}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": [
               "arn:aws:iam::111122223333:role/deploy", "arn:aws:sts::111122223333:assumed-role/audit/ci"]}}"#,
        )],
        fix: "Remove the session, or the role if only the session was meant.",
        source: "S2.4",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Principal::Entries(entries)) = statement.principal.as_ref().map(Element::listed) else { return };
    for entry in entries {
        let role = entries.iter().find(|role| is_session_of(&entry.value.value, role));
        if let Some(role) = role {
            findings
                .add(entry.value.span, "the role beside it stands for this session")
                .also(role.value.span, "the role");
        }
    }
}

/// `arn:aws:sts::A:assumed-role/R/S` is a session of `arn:aws:iam::A:role/…/R`.
fn is_session_of(session: &str, role: &PrincipalEntry) -> bool {
    let parts = |arn: &'_ str| -> Option<(String, String)> {
        let mut fields = arn.splitn(6, ':');
        let account = fields.nth(4)?.to_owned();
        Some((account, fields.next()?.to_owned()))
    };
    let (Some((account, session)), Some((of, role))) = (parts(session), parts(&role.value.value)) else {
        return false;
    };
    let name = session.strip_prefix("assumed-role/").and_then(|rest| rest.split('/').next());
    let role = role.strip_prefix("role/").and_then(|rest| rest.rsplit('/').next());
    account == of && name.is_some() && name == role
}
