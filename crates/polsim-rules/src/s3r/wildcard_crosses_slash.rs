//! S3R003: text that seems to name a bucket and can be part of a key.

use super::bucket_grammar::projections;
use super::path::{S3Path, s3_entries};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R003",
    name: "wildcard-crosses-slash",
    severity: Severity::Medium,
    applies: Types::IDENTITY.and(Types::ENDPOINT).and(Types::SCP).and(Types::RCP),
    check: Check::Statement(check),
    doc: Doc {
        what: "A wildcard stands in front of text that seems to name buckets.",
        why: "`*` stands for `/` too, so the text may as well be in the key: `*reports*` matches `any-bucket/reports.txt`, in every bucket there is.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::*sagemaker*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::sagemaker-eu-west-1-111122223333/*", "arn:aws:s3:::*"]}"#,
        )],
        fix: "Write out the beginning of the name. For text in keys, write the name of the bucket in front: `acme-data/*reports*`.",
        source: "S2.1.1, S2.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let mut told: Vec<&str> = Vec::new();
    for (entry, path) in s3_entries(statement, subject.policy().effective_version()) {
        let bucket = S3Path::bucket_text(&entry.value);
        if told.contains(&bucket) || !path.bucket_variables.is_empty() || S3Path::is_placeholder(bucket) {
            continue;
        }
        let ways = projections(&path.pattern);
        let crossing = ways.iter().find(|way| way.crosses);
        let Some((way, name)) = crossing.and_then(|way| Some((way, way.free_name()?))) else { continue };
        told.push(bucket);
        let key = way.example_key();
        let sentence =
            format!("the `*` in `{bucket}` stands for `/` too, so what follows it can be in the key");
        let finding = findings.add(entry.span, sentence);
        finding.saying(format!("matches `{}{name}/{key}`", path.head));
        if way.is_every() {
            finding.help("this matches in every bucket; write out how its name begins");
        }
    }
}
