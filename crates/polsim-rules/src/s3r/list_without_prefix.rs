//! S3R009: objects of one folder may be read, the names of all may be listed.

use super::path::{S3Path, s3_entries};
use super::stranger::speaks_of;
use crate::keys::tests;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R009",
    name: "list-without-prefix",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    applies: Types::of(&[PolicyType::Identity, PolicyType::Session]),
    check: Check::Statement(check),
    doc: Doc {
        what: "Objects of a bucket may be used below a prefix only, and its list may be read without one.",
        why: "Names of objects tell much. Who is kept to a prefix is mostly meant to list that prefix only.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-data"},
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/team/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-data",
                "Condition": {"StringLike": {"s3:prefix": "team/*"}}},
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/team/*"}"#,
        )],
        fix: "Test `s3:prefix` in the statement that allows `s3:ListBucket`.",
        source: "S2.3, S5.4",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let is_narrow = tests(statement).any(|test| test.is_of(&["s3:prefix", "s3:delimiter"]));
    if statement.effect.value != Effect::Allow || is_narrow || !speaks_of(statement, "s3:ListBucket") {
        return;
    }
    let version = subject.policy().effective_version();
    let entries = s3_entries(statement, version);
    let mut whole = entries
        .filter_map(|(entry, path)| {
            let bucket = path.pattern.as_exact().filter(|path| !path.contains('/'))?.to_owned();
            Some((entry, bucket))
        })
        .peekable();
    if whole.peek().is_none() {
        return;
    }
    // Every pattern of objects that the policy allows to read or write.
    let mut objects = Vec::new();
    for other in subject.of(Effect::Allow).filter(|other| is_about_objects(other)) {
        let paths: Vec<_> = s3_entries(other, version).collect();
        if paths.len() < other.resource.as_ref().map_or(0, |resource| resource.listed().len()) {
            return;
        }
        objects.extend(paths);
    }
    for (entry, bucket) in whole {
        let keys = objects.iter().filter_map(|(other, path)| key_in(&bucket, path).map(|key| (other, key)));
        let keys: Vec<_> = keys.collect();
        let is_prefix = |key: &str| !key.starts_with('*') && !key.is_empty();
        let Some((shown, _)) = keys.first() else { continue };
        if !keys.iter().all(|(_, key)| is_prefix(key)) {
            continue;
        }
        let sentence = format!("the whole list of `{bucket}` may be read, its objects only below a prefix");
        findings
            .add(entry.span, sentence)
            .also(shown.span, "objects below a prefix")
            .help("test s3:prefix in the statement that allows s3:ListBucket");
    }
}

fn is_about_objects(statement: &Statement) -> bool {
    ["s3:GetObject", "s3:PutObject"].iter().any(|action| speaks_of(statement, action))
}

/// The pattern of keys that a path has in a bucket; everything when the wildcards leave that open.
fn key_in(bucket: &str, path: &S3Path) -> Option<String> {
    let text = path.pattern.to_text();
    match text.split_once('/') {
        Some((name, key)) if name == bucket => Some(key.to_owned()),
        Some((name, _)) if !name.contains(['*', '?']) => None,
        None if !text.contains(['*', '?']) => None,
        _ => path.pattern.matches(&format!("{bucket}/x")).then(|| "*".to_owned()),
    }
}
