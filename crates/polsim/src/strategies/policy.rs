//! Policies that AWS would take.

use polsim_policy::PolicyType;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// Actions and the resources that they are for, so that statements are about something.
const REALMS: [(&[&str], &[&str]); 4] = [
    (
        &["s3:GetObject", "s3:PutObject", "s3:Get*", "s3:ListBucket", "s3:*"],
        &[
            "*",
            "arn:aws:s3:::models",
            "arn:aws:s3:::models/*",
            "arn:aws:s3:::logs-*/${aws:PrincipalAccount}/*",
        ],
    ),
    (
        &["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:*"],
        &["*", "arn:aws:sqs:eu-west-1:111122223333:jobs", "arn:aws:sqs:*:444455556666:*"],
    ),
    (&["ec2:DescribeVpcs", "ec2:CreateNetworkInterface", "ec2:Describe*"], &["*"]),
    (&["*"], &["*"]),
];
/// A key policy speaks of its key alone (S4.16).
const KMS: (&[&str], &[&str]) = (&["kms:Decrypt", "kms:Encrypt", "kms:*"], &["*"]);
/// The policy of an access point speaks of it and of the objects behind it (S4.17.6).
const ACCESS_POINT: (&[&str], &[&str]) = (
    &["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
    &[
        "arn:aws:s3:eu-west-1:111122223333:accesspoint/models",
        "arn:aws:s3:eu-west-1:111122223333:accesspoint/models/object/*",
    ],
);
/// A trust policy has no resource (S4.15).
const TRUST: &[&str] = &["sts:AssumeRole", "sts:TagSession"];
const PRINCIPALS: [&str; 5] = [
    "*",
    "111122223333",
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::444455556666:root",
];
/// Operators with keys that fit them, and values.
const CONDITIONS: [(&str, &str, &[&str]); 10] = [
    ("StringEquals", "aws:SourceVpce", &["vpce-1a2b3c4d", "vpce-5e6f7a8b"]),
    ("StringNotEquals", "aws:SourceVpce", &["vpce-1a2b3c4d"]),
    ("StringEqualsIfExists", "aws:PrincipalTag/team", &["ml", "data"]),
    ("StringLike", "aws:PrincipalArn", &["arn:aws:iam::*:role/app*", "arn:aws:iam::111122223333:*"]),
    ("StringNotEquals", "aws:PrincipalOrgID", &["o-exampleorg01"]),
    ("Bool", "aws:SecureTransport", &["true", "false"]),
    ("IpAddress", "aws:SourceIp", &["192.0.2.0/24", "203.0.113.7/32"]),
    ("NotIpAddress", "aws:SourceIp", &["198.51.100.0/24"]),
    ("DateLessThan", "aws:CurrentTime", &["2030-01-01T00:00:00Z"]),
    ("Null", "aws:MultiFactorAuthAge", &["true", "false"]),
];

/// The texts of policies of a type, each of which AWS would take.
pub fn policies(policy_type: PolicyType) -> BoxedStrategy<String> {
    documents(policy_type).prop_map(|document| format!("{document:#}")).boxed()
}

/// Policies of a type, before they are written out.
pub(super) fn documents(policy_type: PolicyType) -> BoxedStrategy<Value> {
    let statements = vec(statement(policy_type), 1..4);
    statements.prop_map(|statements| json!({ "Version": "2012-10-17", "Statement": statements })).boxed()
}

fn statement(policy_type: PolicyType) -> BoxedStrategy<Value> {
    let realm = match policy_type {
        PolicyType::Kms => Just(KMS).boxed(),
        PolicyType::Trust => Just((TRUST, [].as_slice())).boxed(),
        // What a bucket's policy speaks of is the bucket, and an RCP of what it covers (S1.11).
        PolicyType::AccessPoint => Just(ACCESS_POINT).boxed(),
        PolicyType::Resource | PolicyType::Rcp => select(REALMS[..1].to_vec()).boxed(),
        _ => select(REALMS.to_vec()).boxed(),
    };
    // A customer's RCP only denies (S1.11).
    let effect = if policy_type == PolicyType::Rcp {
        Just("Deny").boxed()
    } else {
        prop_oneof![3 => Just("Allow"), 1 => Just("Deny")].boxed()
    };
    (realm, effect)
        .prop_flat_map(move |((actions, resources), effect)| {
            let actions = subsequence(actions.to_vec(), 1..=actions.len().min(2));
            let resources = match resources {
                [] => Just(Vec::new()).boxed(),
                some => subsequence(some.to_vec(), 1..=some.len().min(2)).boxed(),
            };
            let principal = principal(policy_type, effect);
            (Just(effect), actions, resources, principal, option::weighted(0.4, condition()))
        })
        .prop_map(|(effect, actions, resources, principal, condition)| {
            let mut statement = Map::new();
            statement.insert("Effect".to_owned(), effect.into());
            statement.extend(principal.map(|principal| ("Principal".to_owned(), principal)));
            statement.insert("Action".to_owned(), json!(actions));
            if !resources.is_empty() {
                statement.insert("Resource".to_owned(), json!(resources));
            }
            statement.extend(condition.map(|condition| ("Condition".to_owned(), condition)));
            Value::Object(statement)
        })
        .boxed()
}

fn principal(policy_type: PolicyType, effect: &str) -> BoxedStrategy<Option<Value>> {
    match policy_type {
        // An RCP speaks of everybody (S1.11).
        PolicyType::Rcp => Just(Some(json!("*"))).boxed(),
        policy_type if !policy_type.has_principal() => Just(None).boxed(),
        PolicyType::Trust if effect == "Allow" => prop_oneof![
            Just(json!({ "Service": "sagemaker.amazonaws.com" })),
            select(PRINCIPALS[1..].to_vec()).prop_map(|principal| json!({ "AWS": principal })),
        ]
        .prop_map(Some)
        .boxed(),
        _ => select(PRINCIPALS.to_vec()).prop_map(|principal| Some(json!({ "AWS": principal }))).boxed(),
    }
}

fn condition() -> impl Strategy<Value = Value> {
    select(CONDITIONS.to_vec()).prop_flat_map(|(operator, key, values)| {
        let most = if operator == "Null" || operator == "Bool" { 1 } else { values.len() };
        subsequence(values.to_vec(), 1..=most).prop_map(move |values| json!({ operator: { key: values } }))
    })
}
