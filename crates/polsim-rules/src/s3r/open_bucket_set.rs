//! S3R002: a pattern that reaches buckets which anybody can register.

use super::bucket_grammar::projections;
use super::path::{S3Path, s3_entries};
use super::stranger::{OBJECT_ACTIONS, reaches};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R002",
    name: "open-bucket-set",
    severity: Severity::High,
    confidence: Confidence::Medium,
    applies: Types::of(&[PolicyType::Identity, PolicyType::Session, PolicyType::Endpoint]),
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "An Allow reaches objects in buckets whose names anybody can still register, although its pattern looks as if it meant certain buckets.",
        why: "Names of buckets are global. Who registers a name that the pattern matches gets the data that is written there, or decides what is read. `*` stands for `/` too: text behind it may be part of the key and says nothing about the bucket.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::amazonlinux.*.amazonaws.com/*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-logs-*/*"}"#,
            ),
        ],
        good: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-logs-*/*",
                    "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-logs-*/*"},
                   {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}}"#,
            ),
        ],
        fix: "Write the names out, Region included, or test `aws:ResourceAccount` or `aws:ResourceOrgID`.",
        source: "S2.3, S6.3.8, AWS's naming rules for buckets",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    let version = subject.policy().effective_version();
    let mut told: Vec<&str> = Vec::new();
    for (entry, path) in s3_entries(statement, version) {
        let bucket = S3Path::bucket_text(&entry.value);
        if !path.bucket_variables.is_empty()
            || told.contains(&bucket)
            || super::bucket_prefix_neighbour::meant_name(&entry.value).is_some()
        {
            continue;
        }
        let ways = projections(&path.pattern);
        // Who writes `*` knows that it means all buckets; other rules speak of that.
        if ways.iter().any(|way| way.is_every()) {
            continue;
        }
        let mut open: Vec<_> = ways.iter().filter(|way| way.is_open() && way.key.is_some()).collect();
        open.sort_by_key(|way| !way.crosses);
        let shown = open.into_iter().find_map(|way| {
            let name = way.free_name().filter(|name| !subject.settings().buckets.contains(name))?;
            let arn = format!("{}{name}/{}", path.head, way.example_key());
            Some((way, name, reaches(subject, statement, &OBJECT_ACTIONS, &arn, &[])?, arn))
        });
        let Some((way, name, witness, arn)) = shown else { continue };
        told.push(bucket);
        let action = witness.request.action.as_str();
        let sentence = format!(
            "{} lets {action} reach buckets that anybody can register, such as `{name}`",
            subject.name(statement)
        );
        let finding = findings.add(entry.span, sentence);
        finding.saying(format!("matches `{arn}`")).witness(&witness.request);
        let help = if way.crosses {
            "`*` stands for `/` too, so what follows it can be part of the key; write the names out or test aws:ResourceAccount"
        } else {
            "write the names out, or test aws:ResourceAccount or aws:ResourceOrgID"
        };
        finding.help(help);
    }
}
