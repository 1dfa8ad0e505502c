//! RED021: a resource that another one of the same list covers.

use polsim_arn::{ArnPattern, Pattern};
use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_suggestion, remove_item};
use polsim_policy::{Element, ElementName, PolicyType, Statement, Version, read_resource_template};

pub(crate) const RULE: Rule = Rule {
    code: "RED021",
    name: "redundant-resource",
    severity: Severity::Low,
    aliases: &[aws_suggestion("REDUNDANT_RESOURCE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource of a list is covered by another one of the same list.",
        why: "It changes nothing, costs part of the quota, and whoever removes it later to take access away is wrong.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::data/*", "arn:aws:s3:::data/reports/*"]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::data/*", "arn:aws:s3:::logs/*"]}"#,
        )],
        fix: "Remove it. `--fix` does.",
        source: "S2.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(resource) = &statement.resource else { return };
    let element = match resource {
        Element::Is(_) => ElementName::Resource,
        Element::Not(_) => ElementName::NotResource,
    };
    let Some(member) = subject.member(statement, element) else { return };
    let entries = resource.listed();
    if entries.len() < 2 {
        return;
    }
    let version = subject.policy().effective_version();
    let sets: Vec<Option<Pattern>> = entries.iter().map(|entry| pattern(&entry.value, version)).collect();
    for (at, (entry, this)) in entries.iter().zip(&sets).enumerate() {
        let mut others = entries.iter().zip(&sets).enumerate();
        // Of two that say the same, the second goes.
        let wider = others.find(|(other, (wider, wider_set))| {
            *other != at
                && match (this, wider_set) {
                    (Some(this), Some(set)) => set.covers(this) && (*other < at || !this.covers(set)),
                    _ => wider.value == entry.value && *other < at,
                }
        });
        let Some((_, (by, _))) = wider else { continue };
        let finding = findings.add(entry.span, format!("`{}` is part of `{}`", entry.value, by.value));
        finding.also(by.span, "covers it");
        if let Some(edit) = remove_item(subject.source(), &member.value, at) {
            finding.fix(Fix::safe("remove it", [edit]));
        }
    }
}

/// The ARNs that an entry means; `None` when that depends on the request or is not known.
fn pattern(text: &str, version: Version) -> Option<Pattern> {
    if text == "*" {
        return Some(Pattern::everything());
    }
    read_resource_template(text, version).0.is_closed().then(|| ArnPattern::parse(text))?
}
