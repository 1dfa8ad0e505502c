//! VPE014: an endpoint policy that lets requests through to an access point and not to its bucket.

use crate::s3r::bucket_grammar::projections;
use crate::s3r::path::S3Path;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType};

pub(crate) const RULE: Rule = Rule {
    code: "VPE014",
    name: "access-point-without-bucket",
    severity: Severity::Medium,
    applies: Types::ENDPOINT,
    check: Check::Document(check),
    doc: Doc {
        what: "The policy of a VPC endpoint allows objects of an access point and no object of any bucket.",
        why: "A request through an access point is asked for twice, for the access point and for the bucket behind it. Both have to be allowed.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/acme/object/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": ["arn:aws:s3:eu-west-1:111122223333:accesspoint/acme/object/*", "arn:aws:s3:::acme-data/*"]}"#,
        )],
        fix: "Allow the same actions on the bucket behind the access point.",
        source: "S4.11.10",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !subject.is_whole() {
        return;
    }
    let version = subject.policy().effective_version();
    let mut behind_access_points = Vec::new();
    for resource in subject.of(Effect::Allow).filter_map(|statement| statement.resource.as_ref()) {
        for entry in resource.listed() {
            let service = entry.value.split(':').nth(2).unwrap_or("*");
            let reaches_buckets = match S3Path::read(&entry.value, version) {
                Some(path) => projections(&path.pattern).iter().any(|way| way.key.is_some()),
                None => service.contains(['*', '?']),
            };
            if resource.is_negated() || reaches_buckets {
                return;
            }
            if entry.value.contains(":accesspoint/") && service == "s3" {
                behind_access_points.push(entry);
            }
        }
    }
    for entry in behind_access_points {
        findings
            .add(entry.span, "this access point is allowed, and the bucket behind it is not")
            .help("requests through an access point also need an Allow for the bucket: arn:aws:s3:::…/*");
    }
}
