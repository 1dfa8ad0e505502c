//! S3R005: `acme-data*`, which is more than the bucket `acme-data` and its objects.

use super::bucket_grammar::is_bucket_name;
use super::path::s3_entries;
use super::stranger::{OBJECT_ACTIONS, reaches};
use polsim_lint::{Check, Doc, Example, Findings, Fix, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "S3R005",
    name: "bucket-prefix-neighbour",
    severity: Severity::High,
    applies: Types::of(&[PolicyType::Identity, PolicyType::Session, PolicyType::Endpoint]),
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A star stands directly behind the name of a bucket in an Allow: `acme-data*`.",
        why: "It was meant for the bucket and its objects and also matches `acme-data-evil`, which anybody can register.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"]}"#,
        )],
        fix: "List the bucket and its objects. `--unsafe-fixes` does; buckets whose names only begin like that are then out.",
        source: "S2.3",
    },
    ..Rule::DEFAULT
};

/// The name in front of the star, when the entry is the name of a bucket with a star behind it.
pub(crate) fn meant_name(entry: &str) -> Option<&str> {
    let path = entry.splitn(6, ':').nth(5)?;
    path.strip_suffix('*').filter(|name| is_bucket_name(name))
}

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    for (entry, path) in s3_entries(statement, subject.policy().effective_version()) {
        let Some(name) = meant_name(&entry.value) else { continue };
        let neighbour = format!("{name}-evil");
        if !is_bucket_name(&neighbour) {
            continue;
        }
        let arn = format!("{}{neighbour}/payload", path.head);
        let Some(witness) = reaches(subject, statement, &OBJECT_ACTIONS, &arn, &[]) else { continue };
        let sentence = format!("`{name}*` is more than the bucket `{name}`: `{neighbour}` matches too");
        let finding = findings.add(entry.span, sentence);
        finding.saying(format!("matches `{arn}`")).witness(&witness.request);
        finding.help(format!("list the bucket `{name}` and its objects `{name}/*`"));
        let Some(text) = entry.value.strip_suffix('*') else { continue };
        let listed = format!("\"{text}\", \"{text}/*\"");
        let alone = subject
            .source()
            .slice(statement.resource.as_ref().map_or(entry.span, |r| r.span()))
            .starts_with('"');
        let new = if alone { format!("[{listed}]") } else { listed };
        finding.fix(Fix::offered("name the bucket and its objects", [Edit::replace(entry.span, new)]));
    }
}
