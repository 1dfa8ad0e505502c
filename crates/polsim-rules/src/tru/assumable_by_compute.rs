//! TRU040: a role that compute services assume.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, cloudsplaining};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU040",
    name: "assumable-by-compute",
    severity: Severity::Info,
    opt_in: true,
    aliases: &[cloudsplaining("AssumableByComputeService")],
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "A service that runs code of its users may assume the role.",
        why: "Whoever may run code there gets what the role may do; this is how most escalations begin.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Nothing, if it is meant; watch who may pass the role to the service.",
        source: "cloudsplaining's finding",
    },
    ..Rule::DEFAULT
};

/// Services that run code of their users.
const COMPUTE: [&str; 9] = [
    "ec2.amazonaws.com",
    "lambda.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "glue.amazonaws.com",
    "sagemaker.amazonaws.com",
    "codebuild.amazonaws.com",
    "batch.amazonaws.com",
    "states.amazonaws.com",
    "pods.eks.amazonaws.com",
];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Element::Is(principal)) = &statement.principal else { return };
    let Principal::Entries(entries) = &principal.value else { return };
    if statement.effect.value == Effect::Deny {
        return;
    }
    for entry in entries.iter().filter(|entry| entry.principal_type == PrincipalType::Service) {
        if COMPUTE.contains(&entry.value.value.as_str()) {
            findings.add(entry.value.span, "whoever runs code in this service gets what the role may do");
        }
    }
}
