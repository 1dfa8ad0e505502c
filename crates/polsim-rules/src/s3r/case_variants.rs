//! S3R013: one pattern in several spellings.

use super::path::S3Path;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R013",
    name: "case-variants",
    severity: Severity::Low,
    check: Check::Statement(check),
    doc: Doc {
        what: "A list names one S3 resource several times in different letter case.",
        why: "Names of buckets have no capital letters, so the other spellings never match a name; keys mind the case, and two spellings out of many are no net.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::*SageMaker*", "arn:aws:s3:::*sagemaker*"]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::acme-data/*", "arn:aws:s3:::acme-logs/*"]}"#,
        )],
        fix: "Keep the spelling that exists.",
        source: "S2.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let version = subject.policy().effective_version();
    let Some(resource) = &statement.resource else { return };
    let mut told: Vec<usize> = Vec::new();
    let listed = resource.listed();
    for (at, entry) in listed.iter().enumerate() {
        if told.contains(&at) || S3Path::read(&entry.value, version).is_none() {
            continue;
        }
        let same = |other: &str| other != entry.value && other.eq_ignore_ascii_case(&entry.value);
        let others: Vec<_> =
            listed.iter().enumerate().skip(at + 1).filter(|(_, other)| same(&other.value)).collect();
        if others.is_empty() {
            continue;
        }
        let sentence = format!("`{}` is listed in {} spellings", entry.value, others.len() + 1);
        let finding = findings.add(entry.span, sentence);
        for (index, other) in others {
            told.push(index);
            finding.also(other.span, "another spelling");
        }
        finding.help("names of buckets have no capital letters");
    }
}
