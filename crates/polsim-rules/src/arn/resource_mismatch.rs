//! ARN101: an action in a statement none of whose resources it knows.
//!
//! For S3, where buckets and objects are easily confused, S3R001 says it in its own words.

use super::fault::{arns, relaxed};
use crate::actions::{listed, named};
use polsim_arn::Pattern;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, parliament};
use polsim_policy::{PolicyType, Statement};
use polsim_reference::Action;

pub(crate) const RULE: Rule = Rule {
    code: "ARN101",
    name: "resource-mismatch",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    aliases: &[parliament("RESOURCE_MISMATCH")],
    phase: Phase::Reference,
    check: Check::Statement(check),
    doc: Doc {
        what: "An action that is named stands in a statement none of whose resources can be one of its own.",
        why: "Its requests name resources of other types, or `*`, so the statement does not apply to it: an Allow is missed at once, a Deny is not.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:ListQueues"],
                "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"},
               {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"},
               {"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"}"#,
        )],
        fix: "Put the action into a statement with its own resources, or with `*` when it takes nothing else.",
        source: "S2.3, AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let Some(resource) = statement.resource.as_ref().filter(|resource| !resource.is_negated()) else {
        return;
    };
    let patterns: Vec<(&str, Pattern)> =
        arns(statement).filter_map(|(_, arn)| Some((arn.service, relaxed(&arn)?))).collect();
    // `*`, and what could not be read, may be anything.
    if patterns.is_empty() || patterns.len() != resource.listed().len() {
        return;
    }
    for entry in listed(statement) {
        let Some(action) = named(reference, &entry.value).filter(|action| action.service() != "s3") else {
            continue;
        };
        if knows_one(action, &patterns) {
            continue;
        }
        let text = entry.value.as_str();
        let sentence = if action.takes_star_only() {
            format!(
                "`{text}` takes `*` as its resource and nothing else: this statement does not apply to it"
            )
        } else {
            format!("`{text}` knows none of these resources: this statement does not apply to it")
        };
        let finding = findings.add(entry.span, sentence);
        finding.also(resource.span(), "is not what its requests name");
        let mut types: Vec<&str> =
            action.resources().map(|resource| resource.resource_type().name()).collect();
        types.dedup();
        if !types.is_empty() {
            finding.help(format!("its resources are of the types {}", types.join(", ")));
        }
    }
}

/// Whether one of the ARNs can be a resource of the action.
fn knows_one(action: Action<'_>, patterns: &[(&str, Pattern)]) -> bool {
    let mut forms = action.resources().flat_map(|resource| resource.resource_type().arns());
    forms.any(|form| {
        patterns.iter().any(|(service, pattern)| {
            let is_other =
                !service.contains(['*', '?']) && !form.service().contains('$') && form.service() != *service;
            !is_other && !form.pattern().is_disjoint(pattern)
        })
    })
}
