//! ORG002: a wildcard inside of an action of an SCP.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_error};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ORG002",
    name: "scp-action-wildcard",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    aliases: &[aws_error("SCP_SYNTAX_ERROR_ACTION_WILDCARD")],
    applies: Types::SCP,
    check: Check::Statement(check),
    doc: Doc {
        what: "An action of a service control policy has a wildcard that is not at its end.",
        why: "Access Analyzer still reports it as an error. Since September 2025 Organizations is said to take the whole policy language in SCPs; whether that holds for this is not settled.",
        bad: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "Action": "s3:*Object", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}"#,
        )],
        fix: "List the actions, or try whether Organizations takes it.",
        source: "Access Analyzer's check reference (2026)",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for action in statement.action.listed() {
        let name = action.value.as_str();
        let inner = name.trim_end_matches('*');
        if inner.contains(['*', '?']) {
            findings.add(action.span, format!("`{name}` has a wildcard that is not at its end"));
        }
    }
}
