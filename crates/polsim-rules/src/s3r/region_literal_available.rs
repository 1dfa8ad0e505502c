//! S3R007: a bucket of AWS, with a star where the Region could stand.

use super::aws_buckets::AWS_BUCKETS;
use super::path::{S3Path, s3_entries};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R007",
    name: "region-literal-available",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    check: Check::Statement(check),
    doc: Doc {
        what: "A bucket of AWS that exists once a Region is named with `*` in place of the Region.",
        why: "The Region is known where the policy is used, and `*` matches much more than Regions.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-*-starport-layer-bucket/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"}"#,
        )],
        fix: "Write the Region.",
        source: "S6.7, AWS's data perimeter examples",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let mut told: Vec<&str> = Vec::new();
    for (entry, _) in s3_entries(statement, subject.policy().effective_version()) {
        let bucket = S3Path::bucket_text(&entry.value);
        let known =
            AWS_BUCKETS.iter().find(|known| known.name.contains("{region}") && known.with("*") == bucket);
        let Some(known) = known.filter(|_| !told.contains(&bucket)) else { continue };
        told.push(bucket);
        let sentence =
            format!("`{bucket}` is a bucket of AWS with the Region in its name, and the Region is left open");
        findings
            .add(entry.span, sentence)
            .help(format!("write the Region: `{}` for eu-west-1, say", known.with("eu-west-1")));
    }
}
