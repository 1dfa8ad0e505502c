//! ESC010: what is not allowed on a bucket can be had by changing its policy.

use crate::scene::{Scene, covers};
use polsim_arn::{ActionName, Arn, Pattern};
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types, parliament};
use polsim_policy::{Effect, PolicyType};
use polsim_prove::Expectation;

/// An action on a bucket, and what it can give access to.
const PAIRS: [(&str, &[&str]); 3] = [
    ("s3:PutBucketPolicy", &["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]),
    ("s3:PutBucketAcl", &["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]),
    ("s3:PutLifecycleConfiguration", &["s3:DeleteObject"]),
];
/// The most buckets of one policy that are looked at.
const BUCKETS: usize = 8;

pub(crate) const RULE: Rule = Rule {
    code: "ESC010",
    name: "resource-policy-privilege-escalation",
    severity: Severity::Medium,
    aliases: &[parliament("RESOURCE_POLICY_PRIVILEGE_ESCALATION")],
    applies: Types::of(&[PolicyType::Identity]),
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "An identity policy allows the policy, the access list or the lifecycle of a bucket to be changed, and \
               not what such a change can give: reading, writing or deleting objects.",
        why: "Who may write the policy of a bucket may give itself everything in it; who may write its lifecycle may \
              have everything deleted. Leaving `s3:GetObject` out does not keep the objects from them.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutBucketPolicy"],
                "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"]}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetBucketPolicy"],
                    "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"]}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::acme-data"},
                   {"Effect": "Deny", "Action": "*", "Resource": "*"}"#,
            ),
        ],
        fix: "Leave the action to those who may do with the bucket what they like.",
        source: "S4.2, S4.4; parliament",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (write, gains) in PAIRS {
        let Ok(name) = ActionName::parse(write) else { continue };
        for statement in subject.of(Effect::Allow) {
            let listed = statement.action.listed();
            let Some(action) = listed.iter().find(|action| covers(&action.value, &name)) else { continue };
            let Some(resource) = statement.resource.as_ref().filter(|_| !statement.action.is_negated())
            else {
                continue;
            };
            let entries = resource.listed().iter().filter(|_| !resource.is_negated());
            let buckets = entries.filter_map(|entry| Some((entry, bucket(&entry.value)?)));
            for (entry, bucket) in buckets.take(BUCKETS) {
                let Some((gain, witness)) =
                    gains.iter().find_map(|gain| gained(subject, write, gain, &bucket))
                else {
                    continue;
                };
                let sentence = format!("`{write}` gives `{gain}`, which is not allowed on `{}`", entry.value);
                findings
                    .add(action.span, sentence)
                    .also(entry.span, "these buckets")
                    .witness(&witness.request);
                break;
            }
        }
    }
}

/// A request that writes, if it gains what no request gets otherwise.
fn gained<'g>(
    subject: &Subject<'_>,
    write: &str,
    gain: &'g str,
    bucket: &str,
) -> Option<(&'g str, Box<polsim_prove::Witness>)> {
    let judge = subject.judge();
    let witness = Scene::new(judge, &[write]).on(&format!("arn:aws:s3:::{bucket}")).allowed()?;
    let mut objects = Scene::new(judge, &[gain]).on(&format!("arn:aws:s3:::{bucket}/*"));
    judge.holds(objects.region(), Expectation::Deny)?;
    Some((gain, witness))
}

/// A bucket that a resource covers.
fn bucket(resource: &str) -> Option<String> {
    let name = match Arn::parse(resource) {
        Some(arn) if arn.service == "s3" && arn.account.is_empty() && !arn.resource.contains('/') => {
            arn.resource
        }
        None if resource == "*" => "*",
        _ => return None,
    };
    (!name.contains('$')).then(|| Pattern::wildcard(name).fill("any-bucket", 'x'))
}
