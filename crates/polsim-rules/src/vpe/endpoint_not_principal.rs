//! VPE004: `NotPrincipal` in an endpoint policy.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Element, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "VPE004",
    name: "endpoint-not-principal",
    severity: Severity::High,
    applies: Types::ENDPOINT,
    check: Check::Statement(check),
    doc: Doc {
        what: "The policy of a VPC endpoint has `NotPrincipal`.",
        why: "Principals other than `*` cannot be relied on in these policies: who is meant to be spared may be denied with the rest.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
               {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "s3:*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}}}"#,
        )],
        fix: "Deny `*` and spare principals by `aws:PrincipalArn`.",
        source: "S4.11.5",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if let Some(Element::Not(listed)) = &statement.principal {
        let sentence =
            format!("{} has `NotPrincipal`, which endpoints do not handle reliably", subject.name(statement));
        findings.add(listed.span, sentence).help("deny \"*\" with ArnNotEquals on aws:PrincipalArn");
    }
}
