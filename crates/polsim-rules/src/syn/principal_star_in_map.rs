//! SYN110: `{"AWS": "*"}` in a trust policy.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "SYN110",
    name: "principal-star-in-map",
    severity: Severity::Info,
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy writes everyone as `{\"AWS\": \"*\"}`.",
        why: "Elsewhere this is the same as `\"*\"`. In a trust policy it means every AWS principal, but not federated users and services, and readers take the two for one.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Name the accounts, or keep it and know what it means.",
        source: "S1.7.2, S2.4.8",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Principal::Entries(entries)) = statement.principal.as_ref().map(polsim_policy::Element::listed)
    else {
        return;
    };
    for entry in entries.iter().filter(|entry| entry.principal_type == PrincipalType::Aws) {
        if entry.value.value == "*" {
            findings
                .add(entry.value.span, "every AWS principal is meant, but no federated user and no service");
        }
    }
}
