//! S3R012: an action that has no resource, limited to buckets.

use polsim_arn::{ActionName, Pattern};
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R012",
    name: "object-arn-in-bucket-create",
    severity: Severity::Low,
    phase: Phase::Reference,
    check: Check::Statement(check),
    doc: Doc {
        what: "An action of S3 that is about the account, such as `s3:ListAllMyBuckets`, stands in a statement that names buckets only.",
        why: "Such actions are asked for all resources (`*`), so the statement does not apply to them. `s3:CreateBucket` is about the bucket and does not match objects.",
        bad: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:ListBucket"], "Resource": "arn:aws:s3:::acme-data"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:CreateBucket", "Resource": "arn:aws:s3:::acme-data/*"}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::*"},
               {"Effect": "Allow", "Action": ["s3:CreateBucket", "s3:ListBucket"], "Resource": "arn:aws:s3:::acme-data"}"#,
        )],
        fix: "Give it a statement of its own with `\"Resource\": \"*\"`.",
        source: "S2.3, the service reference of S3",
    },
    ..Rule::DEFAULT
};

/// AWS's examples have always allowed the list of buckets on this pattern, and it works.
const ALL_BUCKETS: &str = "arn:aws:s3:::*";

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let Some(resource) = statement.resource.as_ref().filter(|resource| !resource.is_negated()) else {
        return;
    };
    if statement.action.is_negated() || resource.listed().is_empty() {
        return;
    }
    let entries = || resource.listed().iter().map(|entry| entry.value.as_str());
    if entries().any(|entry| !is_bucket_or_object(entry)) {
        return;
    }
    for action in statement.action.listed() {
        let Ok(name) = ActionName::parse(action.value.as_str()) else { continue };
        if name.service() != "s3" {
            continue;
        }
        let Some(known) = reference.action(&name) else { continue };
        let sentence = if known.takes_star_only() {
            format!("`{}` is about the account and never asked for a bucket", action.value.as_str())
        } else if name.folded() == "s3:createbucket" && entries().all(|entry| entry.contains('/')) {
            format!("`{}` is about a bucket, and only objects are named", action.value.as_str())
        } else {
            continue;
        };
        let finding = findings.add(action.span, sentence);
        finding.also(resource.span(), "does not match what is asked for");
        if known.takes_star_only() {
            finding.help("move it into a statement of its own with \"Resource\": \"*\"");
        }
    }
}

/// Whether an entry names buckets or objects and does not match all of them.
fn is_bucket_or_object(entry: &str) -> bool {
    let starts = |head: &str| entry.starts_with(head);
    let of_s3 = entry.split(':').nth(2) == Some("s3") && entry.split(':').nth(3) == Some("");
    starts("arn:") && of_s3 && !Pattern::wildcard(entry).matches(ALL_BUCKETS)
}
