//! Clauses that the vectors leave out, or touch in one row only.

use crate::ask::{allow_all, app, ask, ask_under, bob, grant, policy, request, with};
use polsim_oracle::Readings;
use serde_json::{Value, json};

const ALLOWED: &str = "Allowed";

#[test]
fn s2_2_6_the_action_is_concrete() {
    for action in ["s3:Get*", "s3:", ":x", "s3", "s3:a:b", "*", "s3:Get?bject", "s 3:Get"] {
        let asked = with(bob(json!({})), json!({"action": action}));
        assert_eq!(ask(json!({"identity": [allow_all()]}), asked), "Invalid", "{action}");
    }
}

#[test]
fn s2_4_6_a_users_unique_id() {
    let policies = json!({"resource": grant("Allow", json!({"AWS": "AIDAEXAMPLEID1234567"}))});
    let mut asked = bob(json!({}));
    assert_eq!(ask(policies.clone(), asked.clone()), "ImplicitlyDenied identity");
    asked["principal"]["unique_id"] = json!("AIDAEXAMPLEID1234567");
    assert_eq!(ask(policies, asked), ALLOWED);
}

#[test]
fn s2_4_7_a_canonical_id_is_of_class_account() {
    let id = "a".repeat(64);
    let mut asked = bob(json!({}));
    asked["principal"]["canonical_id"] = json!(id);
    let resource = grant("Allow", json!({"CanonicalUser": id}));
    assert_eq!(ask(json!({"resource": resource.clone()}), asked.clone()), "ImplicitlyDenied identity");
    let other = with(asked, json!({"resource_account": "222222222222"}));
    assert_eq!(ask(json!({"resource": resource, "identity": [allow_all()]}), other), ALLOWED);
}

fn not_principal(effect: &str, listed: Value) -> Value {
    policy(json!({"Effect": effect, "NotPrincipal": listed, "Action": "*", "Resource": "*"}))
}

#[test]
fn s2_4_9_whoever_is_listed_is_spared() {
    for (listed, answer) in [
        (json!({"AWS": "arn:aws:iam::111111111111:user/bob"}), ALLOWED),
        (json!({"AWS": "111111111111"}), ALLOWED),
        (json!("*"), ALLOWED),
        (json!({"AWS": "222222222222"}), "ExplicitlyDenied resource"),
        (json!({"AWS": []}), "ExplicitlyDenied resource"),
    ] {
        let policies = json!({"identity": [allow_all()], "resource": not_principal("Deny", listed.clone())});
        assert_eq!(ask(policies, bob(json!({}))), answer, "{listed}");
    }
}

#[test]
fn s1_7_7_allow_with_not_principal_behind_its_switch() {
    let policies = json!({"resource": not_principal("Allow", json!({"AWS": "222222222222"}))});
    let legacy = json!({"legacy_notprincipal_allow": true});
    assert_eq!(ask_under(policies, bob(json!({})), legacy, Readings::default()), ALLOWED);
    let policies = json!({"resource": not_principal("Allow", json!({"AWS": "111111111111"}))});
    let legacy = json!({"legacy_notprincipal_allow": true});
    let answer = ask_under(policies, bob(json!({})), legacy, Readings::default());
    assert_eq!(answer, "ImplicitlyDenied identity");
}

#[test]
fn s4_8_2_and_3_session_policies() {
    let role = grant("Allow", json!({"AWS": "arn:aws:iam::111111111111:role/app"}));
    assert_eq!(ask(json!({"resource": role.clone(), "session": [allow_all()]}), app()), ALLOWED);
    assert_eq!(ask(json!({"resource": role, "session": []}), app()), "ImplicitlyDenied identity");
    // A user has no session policies (S4.3).
    assert_eq!(ask(json!({"identity": [allow_all()], "session": []}), bob(json!({}))), ALLOWED);
}

#[test]
fn s4_9_6_and_s4_10_6_exemptions() {
    let deny = policy(json!({"Effect": "Deny", "Action": "*", "Resource": "*"}));
    let policies = json!({"identity": [allow_all()], "scp": [[allow_all(), deny]]});
    let mut asked = bob(json!({}));
    assert_eq!(ask(policies.clone(), asked.clone()), "ExplicitlyDenied scp0");
    asked["principal"]["mgmt"] = json!(true);
    assert_eq!(ask(policies, asked), ALLOWED);

    let deny = policy(json!({"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"}));
    let key = "arn:aws:kms:eu-west-1:111111111111:key/k";
    let root = json!({"AWS": "111111111111"});
    let policies = json!({"identity": [allow_all()], "rcp": [[], [deny]], "resource_kind": "kms",
        "resource": grant("Allow", root)});
    let retire = with(bob(json!({})), json!({"action": "kms:RetireGrant", "resource": key}));
    let decrypt = with(retire.clone(), json!({"action": "kms:Decrypt"}));
    assert_eq!(ask(policies.clone(), retire), ALLOWED);
    assert_eq!(ask(policies, decrypt), "ExplicitlyDenied rcp1");
}

#[test]
fn s4_11_5_account_principals_at_endpoints() {
    let policies =
        json!({"identity": [allow_all()], "endpoint": grant("Allow", json!({"AWS": "111111111111"}))});
    let by = |kind: &str| with(bob(json!({})), json!({"via_endpoint": kind}));
    assert_eq!(ask(policies.clone(), by("gateway")), "ImplicitlyDenied vpce");
    assert_eq!(ask(policies.clone(), by("interface")), ALLOWED);
    let principal =
        json!({"kind": "root", "arn": "arn:aws:iam::111111111111:root", "account": "111111111111"});
    assert_eq!(ask(policies, with(by("gateway"), json!({"principal": principal}))), ALLOWED);
}

#[test]
fn s4_12_3_the_escape_of_root() {
    let principal =
        json!({"kind": "root", "arn": "arn:aws:iam::111111111111:root", "account": "111111111111"});
    let asked = request(principal, "s3:PutBucketPolicy", "arn:aws:s3:::data", json!({}));
    let policies = json!({"resource": grant("Deny", json!("*"))});
    let escape = json!({"root_bucket_policy_escape": true});
    assert_eq!(ask_under(policies.clone(), asked.clone(), escape.clone(), Readings::default()), ALLOWED);
    let other = with(asked, json!({"action": "s3:GetObject"}));
    let answer = ask_under(policies, other, escape, Readings::default());
    assert_eq!(answer, "ExplicitlyDenied resource");
}

#[test]
fn s4_15_an_assume_action_on_a_role_asks_the_trust_policy() {
    let asked = with(
        bob(json!({})),
        json!({"action": "sts:AssumeRole", "resource": "arn:aws:iam::111111111111:role/r"}),
    );
    assert_eq!(ask(json!({"identity": [allow_all()]}), asked), "ImplicitlyDenied resource");
}

#[test]
fn s4_16_7_an_alias_is_no_key() {
    let key =
        with(bob(json!({})), json!({"action": "kms:X", "resource": "arn:aws:kms:r:111111111111:key/k"}));
    let alias = with(key.clone(), json!({"resource": "arn:aws:kms:r:111111111111:alias/a"}));
    assert_eq!(ask(json!({"identity": [allow_all()]}), key), "ImplicitlyDenied resource");
    assert_eq!(ask(json!({"identity": [allow_all()]}), alias), ALLOWED);
}

/// Account 2's user eve reads an object through an access point of account 1.
fn eve_through_accesspoint(context: Value) -> Value {
    let principal =
        json!({"kind": "user", "arn": "arn:aws:iam::222222222222:user/eve", "account": "222222222222"});
    let resource = "arn:aws:s3:eu-west-1:111111111111:accesspoint/ap/object/k";
    with(
        request(principal, "s3:GetObject", resource, context),
        json!({"underlying_resource": "arn:aws:s3:::data/k"}),
    )
}

#[test]
fn s4_17_6_both_resource_sides_must_allow() {
    let eve = json!({"AWS": "222222222222"});
    let both = json!({"identity": [allow_all()], "accesspoint": grant("Allow", eve.clone()),
        "resource": grant("Allow", eve.clone())});
    assert_eq!(ask(both.clone(), eve_through_accesspoint(json!({}))), ALLOWED);
    for side in ["accesspoint", "resource"] {
        let one = json!({"identity": [allow_all()], side: grant("Allow", eve.clone())});
        assert_eq!(ask(one, eve_through_accesspoint(json!({}))), "ImplicitlyDenied resource", "{side}");
    }
    let vpc_only =
        eve_through_accesspoint(json!({"s3:AccessPointNetworkOrigin": "VPC", "aws:SourceVpc": "vpc-2"}));
    assert_eq!(ask(both.clone(), vpc_only.clone()), ALLOWED);
    let bound = with(vpc_only, json!({"accesspoint_vpc": "vpc-1"}));
    assert_eq!(ask(both.clone(), bound), "ImplicitlyDenied accesspoint");
    let outside = eve_through_accesspoint(json!({"s3:AccessPointNetworkOrigin": "VPC"}));
    assert_eq!(ask(both, outside), "ImplicitlyDenied accesspoint");
}

#[test]
fn s4_11_10_the_endpoint_must_allow_access_point_and_bucket() {
    let eve = json!({"AWS": "222222222222"});
    let endpoint = |resources: Value| {
        policy(json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": resources}))
    };
    let asked = with(eve_through_accesspoint(json!({})), json!({"via_endpoint": "interface"}));
    for (resources, answer) in [
        (json!(["arn:aws:s3:::data/*"]), "ImplicitlyDenied vpce"),
        (json!(["arn:aws:s3:*:*:accesspoint/*"]), "ImplicitlyDenied vpce"),
        (json!(["arn:aws:s3:*:*:accesspoint/*", "arn:aws:s3:::data/*"]), ALLOWED),
    ] {
        let policies = json!({"identity": [allow_all()], "accesspoint": grant("Allow", eve.clone()),
            "resource": grant("Allow", eve.clone()), "endpoint": endpoint(resources.clone())});
        assert_eq!(ask(policies, asked.clone()), answer, "{resources}");
    }
}

#[test]
fn s4_17_2_conditions_that_make_a_grant_not_public() {
    let principal =
        json!({"kind": "user", "arn": "arn:aws:iam::222222222222:user/eve", "account": "222222222222"});
    let context = json!({"aws:SourceVpc": "vpc-1", "aws:SourceIp": "11.0.0.1"});
    let asked = request(principal, "s3:GetObject", "arn:aws:s3:::data/k", context);
    let blocked = "ExplicitlyDenied s3-bpa";
    for (condition, answer) in [
        (json!({"StringEquals": {"aws:SourceVpc": "vpc-1"}}), ALLOWED),
        (json!({"ForAnyValue:StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}), ALLOWED),
        (json!({"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}), blocked),
        (json!({"ForAllValues:StringEquals": {"aws:SourceVpc": "vpc-1"}}), blocked),
        (json!({"StringNotEquals": {"aws:SourceVpc": "vpc-2"}}), blocked),
        (json!({"StringLike": {"aws:SourceVpc": ["vpc-1", "vpc-*"]}}), blocked),
        (json!({"IpAddress": {"aws:SourceIp": "11.0.0.0/8"}}), ALLOWED),
        (json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/7"}}), blocked),
        (json!({"StringEquals": {"aws:PrincipalType": "User"}}), blocked),
        (json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::222222222222:user/eve"}}), ALLOWED),
    ] {
        let resource = policy(json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
            "Condition": condition}));
        let policies = json!({"identity": [allow_all()], "resource": resource});
        let restricted = json!({"bpa_restrict_public_buckets": true});
        assert_eq!(
            ask_under(policies, asked.clone(), restricted, Readings::default()),
            answer,
            "{condition}"
        );
    }
}

#[test]
fn s4_20_2_the_order_of_explicit_denies() {
    let deny = policy(json!({"Effect": "Deny", "Action": "*", "Resource": "*"}));
    let deny_who = grant("Deny", json!("*"));
    let asked = with(app(), json!({"via_endpoint": "gateway"}));
    let layers = [
        ("rcp", json!([[deny_who.clone()]]), "rcp0"),
        ("scp", json!([[deny.clone()]]), "scp0"),
        ("endpoint", deny_who.clone(), "vpce"),
        ("resource", deny_who, "resource"),
        ("identity", json!([deny.clone()]), "identity"),
        ("boundary", json!([deny.clone()]), "boundary"),
        ("session", json!([deny]), "session"),
    ];
    for first in 0..layers.len() {
        let mut policies = json!({});
        for (layer, documents, _) in &layers[first..] {
            policies[*layer] = documents.clone();
        }
        let rcp_is_star_only = layers[first].0 == "rcp";
        if rcp_is_star_only {
            // A customer RCP may not deny a bare `*` (S1.11.2).
            policies["rcp"][0][0]["Statement"][0]["Action"] = json!("s3:*");
        }
        assert_eq!(ask(policies, asked.clone()), format!("ExplicitlyDenied {}", layers[first].2));
    }
}

#[test]
fn s4_20_3_the_order_of_missing_allows() {
    let mut asked = app();
    assert_eq!(
        ask(json!({"boundary": [allow_nothing()], "session": []}), asked.clone()),
        "ImplicitlyDenied identity"
    );
    let policies = json!({"identity": [allow_all()], "boundary": [allow_nothing()], "session": []});
    assert_eq!(ask(policies, asked.clone()), "ImplicitlyDenied boundary");
    assert_eq!(
        ask(json!({"identity": [allow_all()], "session": []}), asked.clone()),
        "ImplicitlyDenied session"
    );
    asked["resource_account"] = json!("222222222222");
    assert_eq!(ask(json!({"identity": [allow_all()]}), asked.clone()), "ImplicitlyDenied resource");
    assert_eq!(ask(json!({}), asked), "ImplicitlyDenied identity");
}

fn allow_nothing() -> Value {
    policy(json!({"Effect": "Allow", "Action": [], "Resource": "*"}))
}
