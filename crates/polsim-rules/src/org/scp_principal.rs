//! ORG001: a service control policy with a principal.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "ORG001",
    name: "scp-principal",
    severity: Severity::Error,
    aliases: &[aws_error("SCP_SYNTAX_ERROR_PRINCIPAL")],
    applies: Types::SCP,
    doc: Doc {
        what: "A service control policy names a principal.",
        why: "Organizations refuses it: an SCP concerns the principals of the accounts that it hangs on.",
        bad: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "organizations:LeaveOrganization", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}"#,
        )],
        fix: "Remove it, and test `aws:PrincipalArn` if only some are meant.",
        source: "S1.11",
    },
    ..Rule::DEFAULT
};
