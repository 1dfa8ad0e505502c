//! Services and actions that are not known.
//!
//! Services appear over time, so a name that is not known is a mistake with medium confidence only, and every finding
//! says of what day the facts are.

use crate::actions::{Services, is_exact, matches_any};
use crate::arn::services_without_facts;
use crate::keys::tests;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Fix, Phase, Rule, Severity, Subject, aws_error, parliament,
};
use polsim_policy::{PolicyType, Statement};
use polsim_text::Edit;

/// A statement about an action.
macro_rules! allow {
    ($action:literal) => {
        &[Example::statements(
            PolicyType::Identity,
            concat!(r#"{"Effect": "Allow", "Action": ""#, $action, r#"", "Resource": "*"}"#),
        )]
    };
}

pub(crate) const SERVICE: Rule = Rule {
    code: "ACT001",
    name: "invalid-service",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_SERVICE")],
    phase: Phase::Reference,
    check: Check::Statement(service),
    doc: Doc {
        what: "The service of an ARN or of a condition key is not known.",
        why: "An ARN with it matches nothing, and no request has the key.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s33:::reports/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}"#,
        )],
        fix: "Write the name of the service as it stands in its ARNs and keys.",
        source: "AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const SERVICE_IN_ACTION: Rule = Rule {
    code: "ACT002",
    name: "invalid-service-in-action",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_SERVICE_IN_ACTION"), parliament("UNKNOWN_PREFIX")],
    phase: Phase::Reference,
    check: Check::Statement(service_in_action),
    doc: Doc {
        what: "The service of an action is not known.",
        why: "The entry matches no action, unless the service is new.",
        bad: allow!("s33:GetObject"),
        good: allow!("s3:GetObject"),
        fix: "Write the prefix of the service. `--unsafe-fixes` takes the one that is spelt alike.",
        source: "S1.8.5, AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const ACTION: Rule = Rule {
    code: "ACT003",
    name: "invalid-action",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_ACTION"), parliament("UNKNOWN_ACTION")],
    phase: Phase::Reference,
    check: Check::Statement(action),
    doc: Doc {
        what: "An action is not of the form `service:Name`, or the service has no action of that name.",
        why: "The entry matches no action, unless the action is new. `low` for a pattern that matches none.",
        bad: allow!("s3:GetObjects"),
        good: allow!("s3:GetObject"),
        fix: "Write the name of the action. `--unsafe-fixes` takes the one that is spelt alike.",
        source: "S1.8.2, S1.8.5, AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

fn service(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let day = &reference.version().date;
    let help = |service: &str| {
        let alike = reference.services_like(service);
        (!alike.is_empty()).then(|| format!("did you mean `{}`?", alike.join("`, `")))
    };
    for (entry, name) in services_without_facts(reference, statement) {
        // Another rule says that services are written in small letters.
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            continue;
        }
        let finding = findings.add(entry.span, format!("no service `{name}` is known ({day})"));
        finding.help = help(name);
    }
    for test in tests(statement) {
        let Some((prefix, _)) = test.key().split_once(':') else { continue };
        // Providers of identities are named by their host.
        let is_service = !prefix.eq_ignore_ascii_case("aws") && !prefix.contains(['.', '/', '$', '<', '[']);
        if is_service && reference.service(prefix).is_none() && reference.key(test.key()).is_none() {
            let finding =
                findings.add(test.block.key.span, format!("no service `{prefix}` is known ({day})"));
            finding.help = help(prefix);
        }
    }
}

fn service_in_action(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let mut services = Services::of(reference);
    for entry in statement.action.listed() {
        let Some(prefix) = entry.value.service().filter(|prefix| services.get(prefix).is_none()) else {
            continue;
        };
        let sentence = format!("no service `{prefix}` is known ({})", reference.version().date);
        let finding = findings.add(entry.span, sentence);
        let (_, name) = entry.value.as_str().split_once(':').unwrap_or_default();
        let alike = reference.services_like(prefix);
        if let Some(near) = alike.first() {
            finding.help(format!("did you mean `{}`?", alike.join("`, `")));
            let right = format!("{near}:{name}");
            finding.fix(Fix::offered(
                format!("write `{right}`"),
                [Edit::replace(entry.span, format!("\"{right}\""))],
            ));
        }
    }
}

fn action(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let day = &reference.version().date;
    let mut services = Services::of(reference);
    for entry in statement.action.listed() {
        let text = entry.value.as_str();
        let Some(service) = entry.value.service().and_then(|prefix| services.get(prefix)) else {
            continue;
        };
        if !is_exact(&entry.value) {
            if !text.ends_with(":*") && !matches_any(service, &entry.value) {
                let sentence = format!("no action is known that `{text}` matches ({day})");
                findings.add(entry.span, sentence).severity(Severity::Low);
            }
            continue;
        }
        let name = entry.value.folded().split_once(':').map_or("", |(_, name)| name);
        if service.action(name).is_some() {
            continue;
        }
        let finding = findings.add(entry.span, format!("no action `{text}` is known ({day})"));
        let alike: Vec<String> = reference.actions_like(text).iter().map(ToString::to_string).collect();
        if let Some(right) = alike.first() {
            finding.help(format!("did you mean `{}`?", alike.join("`, `")));
            finding.fix(Fix::offered(
                format!("write `{right}`"),
                [Edit::replace(entry.span, format!("\"{right}\""))],
            ));
        }
    }
}
