//! The laws that the policies of the service keep.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim::PolicyType;
use polsim::law::{Claim, Decision, Subject};
use polsim::strategies::requests_for;
use polsim::{RequestText, assert_policy};
use proptest::prelude::*;

fn role() -> Subject {
    Subject::policy(PolicyType::Identity, "role.json", laws::ROLE).unwrap()
}

/// The role behind its endpoint, at the bucket.
fn deployed() -> Subject {
    let bucket = role().and(PolicyType::Resource, "bucket.json", laws::BUCKET).unwrap();
    bucket.and(PolicyType::Endpoint, "endpoint.json", laws::ENDPOINT).unwrap()
}

#[test]
fn the_service_reads_its_models() {
    let request = RequestText::new("arn:aws:iam::111122223333:role/models", "s3:GetObject")
        .on("arn:aws:s3:::example-models/v1.tar.gz");
    assert_eq!(role().decide(&request).unwrap(), Decision::Allowed);
}

#[test]
fn the_service_never_deletes() {
    assert_policy!(role(), deny, "s3:Delete*", "*");
}

#[test]
fn nothing_is_reached_past_the_endpoint() {
    let bucket = Subject::policy(PolicyType::Resource, "bucket.json", laws::BUCKET).unwrap();
    let objects = "arn:aws:s3:::example-models/*";
    assert_policy!(bucket, explicit_deny, "s3:*", objects, "aws:SourceVpce != vpce-1a2b3c4d");
}

#[test]
fn models_are_read_through_the_endpoint_and_never_written() {
    let models = "arn:aws:s3:::example-models/*";
    assert_policy!(deployed(), some_allow, "s3:GetObject", models);
    assert_policy!(deployed(), deny, "s3:PutObject", models);
}

#[test]
fn a_team_writes_reports_of_its_own_only() {
    let own = "aws:PrincipalTag/team = ml";
    assert_policy!(role(), allow, "s3:PutObject", "arn:aws:s3:::example-reports/ml/*", own);
    assert_policy!(role(), deny, "s3:PutObject", "arn:aws:s3:::example-reports/data/*", own);
}

// A law that fails says which request breaks it, and which statement lets it through.
#[test]
fn what_is_not_so_is_shown() {
    let claim = Claim::deny("s3:GetObject", "arn:aws:s3:::example-models/*");
    let told = role().check(&claim).unwrap().to_string();
    assert!(told.contains("arn:aws:s3:::example-models/") && told.contains("ReadModels"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    // What cannot be said as a claim is a property of single requests.
    #[test]
    fn who_may_write_may_not_read_the_same_object(request in requests_for(&role())) {
        let role = role();
        let other = RequestText { action: "s3:GetObject".to_owned(), ..request.clone() };
        if request.action == "s3:PutObject" && role.decide(&request).unwrap() == Decision::Allowed {
            prop_assert_ne!(role.decide(&other).unwrap(), Decision::Allowed);
        }
    }
}
