//! ESC003: who is inside of a perimeter may take it down.

use crate::scene::{Scene, after_denies};
use crate::stranger;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Principal, PrincipalType, Statement};

/// Actions that change the policy of a bucket or an access point.
const WRITES: [&str; 4] =
    ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutAccessPointPolicy", "s3:DeleteAccessPointPolicy"];

pub(crate) const RULE: Rule = Rule {
    code: "ESC003",
    name: "policy-write",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    applies: Types::RESOURCE,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "A policy denies whoever comes from outside of a network or an organization, and allows everybody, or a \
               whole account, to change the policy.",
        why: "Anyone who is inside once can remove the Deny, and is inside for good.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "s3:*",
                "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"]},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"],
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "s3:*Object",
                "Resource": "arn:aws:s3:::acme-data/*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"],
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )],
        fix: "Allow the actions that are needed, or deny changes of the policy to all but its administrators.",
        source: "S4.2, S4.12.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(perimeter) = subject.of(Effect::Deny).find(|statement| is_perimeter(statement)) else { return };
    for statement in subject.of(Effect::Allow).filter(|statement| is_for_many(statement)) {
        let judge = after_denies(subject, statement);
        let Some(witness) = Scene::new(&judge, &WRITES).allowed() else { continue };
        let action = witness.request.action.as_str();
        let sentence =
            format!("{} allows `{action}`, and so to take the perimeter down", subject.name(statement));
        findings
            .add(subject.opening(statement), sentence)
            .also(subject.opening(perimeter), "the perimeter")
            .help("allow the actions that are needed, and no changes of the policy")
            .witness(&witness.request);
    }
}

/// Whether a Deny is for those whom AWS knows to come from elsewhere.
fn is_perimeter(statement: &Statement) -> bool {
    let negated = statement.condition.blocks.iter().filter(|block| block.operator.value.name.is_negated());
    let mut keys = negated.flat_map(|block| &block.keys);
    keys.any(|key| stranger::is_of_place(&key.key.value.folded()))
}

/// Whether an Allow is for everybody or for a whole account.
fn is_for_many(statement: &Statement) -> bool {
    statement.principal.as_ref().is_some_and(|principal| match principal.listed() {
        Principal::Everyone => true,
        Principal::Entries(entries) => entries.iter().any(|entry| {
            let value = entry.value.value.as_str();
            let is_account =
                value == "*" || value.ends_with(":root") || value.bytes().all(|b| b.is_ascii_digit());
            entry.principal_type == PrincipalType::Aws && is_account
        }),
    })
}
