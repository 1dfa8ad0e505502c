//! S3R006: a Deny of one action that leaves its sibling.

use super::stranger::speaks_of;
use polsim_arn::ActionName;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R006",
    name: "incomplete-deny-family",
    severity: Severity::Medium,
    applies: Types::IDENTITY.and(Types::RESOURCE).and(Types::ENDPOINT).and(Types::SCP).and(Types::RCP),
    check: Check::Statement(check),
    doc: Doc {
        what: "A Deny names an action of S3 and leaves another one with the same effect.",
        why: "Who may not delete an object can delete its versions, who may not read it can read a version, who may not replace the bucket policy can remove it or open the bucket by an ACL.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"], "Resource": "arn:aws:s3:::acme-data/*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": ["s3:DeleteObject", "s3:ListBucket"], "Resource": "*"},
                   {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
            ),
        ],
        fix: "Deny both.",
        source: "the service reference of S3",
    },
    ..Rule::DEFAULT
};

/// What is denied, what is left, and what that does.
const FAMILIES: [(&str, &str, &str); 7] = [
    ("s3:DeleteObject", "s3:DeleteObjectVersion", "deletes a version for good"),
    ("s3:GetObject", "s3:GetObjectVersion", "reads a version of the object, the current one too"),
    ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "removes the bucket policy"),
    ("s3:PutBucketPolicy", "s3:PutBucketAcl", "opens the bucket where ACLs are enabled"),
    ("s3:PutBucketAcl", "s3:PutObjectAcl", "opens objects where ACLs are enabled"),
    ("s3:PutObjectAcl", "s3:PutObjectVersionAcl", "opens versions where ACLs are enabled"),
    ("s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "replaces the bucket policy by one that says nothing"),
];

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Deny || statement.action.is_negated() {
        return;
    }
    // What nothing allows needs no Deny; resource policies and service control policies are not the only ones to allow.
    let is_closed = Types::IDENTITY.and(Types::ENDPOINT).contains(subject.policy_type());
    for (named, left, does) in FAMILIES {
        let Ok(trigger) = ActionName::parse(named) else { continue };
        let written =
            statement.action.listed().iter().find(|action| action.value.folded() == trigger.folded());
        let Some(written) = written else { continue };
        if subject.of(Effect::Deny).any(|other| speaks_of(other, left)) || !subject.is_whole() {
            continue;
        }
        if is_closed && !subject.of(Effect::Allow).any(|other| speaks_of(other, left)) {
            continue;
        }
        findings
            .add(written.span, format!("`{named}` is denied and `{left}` is not"))
            .help(format!("`{left}` {does}; deny both"));
    }
}
