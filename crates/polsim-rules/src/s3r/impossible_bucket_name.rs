//! S3R004: a name that no bucket has.

use super::bucket_grammar::projections;
use super::path::{S3Path, s3_entries};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R004",
    name: "impossible-bucket-name",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    check: Check::Statement(check),
    doc: Doc {
        what: "No bucket can have the name that a resource gives.",
        why: "The statement never applies to a bucket. Names have 3 to 63 lower-case letters, digits, dots and hyphens; some beginnings and ends are reserved. Buckets from before March 2018 in us-east-1 may have other names.",
        bad: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::Acme_Data/*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::*SageMaker*"}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::acme-data/*", "arn:aws:s3:::acme-data/*Report*"]}"#,
        )],
        fix: "Write the name as it is.",
        source: "S2.3, AWS's naming rules for buckets",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let mut told: Vec<&str> = Vec::new();
    for (entry, path) in s3_entries(statement, subject.policy().effective_version()) {
        let bucket = S3Path::bucket_text(&entry.value);
        let is_example = bucket.starts_with("amzn-s3-demo-");
        if told.contains(&bucket)
            || S3Path::is_placeholder(bucket)
            || is_example
            || !path.bucket_variables.is_empty()
        {
            continue;
        }
        // Those ways in which the text is indeed a name: no wildcard in front of some of it takes the `/`.
        let ways = projections(&path.pattern);
        let mut named = ways.iter().filter(|way| !way.crosses).peekable();
        if named.peek().is_none() || !named.all(|way| way.is_impossible()) {
            continue;
        }
        told.push(bucket);
        let finding = findings.add(entry.span, format!("no bucket can be called `{bucket}`"));
        if ways.iter().any(|way| way.crosses) {
            finding.help("as it stands the text can only match keys, whatever the bucket");
        } else {
            let is_old =
                bucket.len() <= 255 && bucket.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
            if is_old && bucket.len() >= 3 {
                finding.confidence(Confidence::Low);
                finding.help("only buckets in us-east-1 from before March 2018 may have such names");
            }
        }
    }
}
