//! ARN101: an action in a statement none of whose resources it knows.
//!
//! For S3, where buckets and objects are easily confused, S3R001 says it in its own words.

use super::fault::{KNOWN_IN_PART, Relaxed, arns};
use crate::actions::{is_exact, listed, named, some_of};
use crate::keys::is_placeholder;
use polsim_arn::{ActionPattern, Arn};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, parliament};
use polsim_policy::{PolicyType, Statement};
use polsim_reference::Action;
use polsim_text::Spanned;

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
        why: "Its requests name resources of other types, or `*`, so the statement does not apply to it: an Allow is missed at once, a Deny is not. `low` where `*` is the only resource: AWS's tables leave some types out.",
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
    // `*`, and what is no whole ARN, may be anything.
    let entries = resource.listed();
    if entries.is_empty() || entries.iter().any(|entry| entry.value == "*" || is_placeholder(&entry.value)) {
        return;
    }
    if !listed(statement).iter().any(|entry| is_exact(&entry.value)) {
        return;
    }
    let patterns: Vec<(Arn<'_>, Relaxed<'_>)> =
        arns(statement).map(|(_, arn)| (arn, Relaxed::new(&arn))).collect();
    if patterns.len() != entries.len() {
        return;
    }
    let others = listed(statement).iter().filter(|entry| {
        let action = named(reference, &entry.value).filter(|action| is_looked_at(action.service()));
        action.is_some_and(|action| !knows_one(action, &patterns))
    });
    let takes_star = |entry: &&Spanned<ActionPattern>| {
        named(reference, &entry.value).is_some_and(|action| action.takes_star_only())
    };
    let (star, other): (Vec<_>, Vec<_>) = others.partition(takes_star);
    let names = |entries: &[&Spanned<ActionPattern>]| {
        some_of(&entries.iter().map(|entry| entry.value.as_str().to_owned()).collect::<Vec<_>>())
    };
    if let Some(first) = star.first() {
        let sentence =
            format!("`*` is the only resource of {}: this statement does not apply there", names(&star));
        findings
            .add(first.span, sentence)
            .also(resource.span(), "is not what such requests name")
            .severity(Severity::Low)
            .confidence(Confidence::Low);
    }
    if let Some(first) = other.first() {
        let know = if other.len() == 1 { "knows" } else { "know" };
        let sentence =
            format!("{} {know} none of these resources: this statement does not apply there", names(&other));
        let action = named(reference, &first.value).into_iter();
        let mut types: Vec<&str> = action
            .flat_map(|action| action.resources())
            .map(|resource| resource.resource_type().name())
            .collect();
        types.dedup();
        findings.add(first.span, sentence).also(resource.span(), "is not what such requests name").help(
            format!("the resources of `{}` are of the types {}", first.value.as_str(), types.join(", ")),
        );
    }
}

/// S3 has a rule of its own, and tables that are not whole show nothing.
fn is_looked_at(service: &str) -> bool {
    service != "s3" && !KNOWN_IN_PART.contains(&service)
}

/// Whether one of the ARNs can be a resource of the action.
fn knows_one(action: Action<'_>, patterns: &[(Arn<'_>, Relaxed<'_>)]) -> bool {
    let mut forms = action.resources().flat_map(|resource| resource.resource_type().arns());
    forms.any(|form| {
        let service = form.service();
        patterns.iter().any(|(arn, relaxed)| {
            let is_plain = service == arn.service;
            let is_open = || arn.service.contains(['*', '?']) || service.contains('$');
            (is_plain || is_open()) && relaxed.can_be(form)
        })
    })
}
