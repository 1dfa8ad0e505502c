//! The claims about the policies of the SageMaker network guide.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use polsim_eval::Verdict;
use polsim_policy::PolicyType;
use polsim_prove::{Answer, Expectation};
use support::{ask_alone, region};

const DENY_AL2: &str = r#"{"Statement":[{"Sid":"AmazonLinux2AMIRepositoryAccess","Principal":"*","Action":["s3:GetObject"],
    "Effect":"Deny","Resource":["arn:aws:s3:::amazonlinux.*.amazonaws.com/*"]}]}"#;
const DEFAULT_DENY_AL2: &str = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},
    {"Sid":"AmazonLinux2AMIRepositoryAccess","Principal":"*","Action":["s3:GetObject"],"Effect":"Deny",
    "Resource":["arn:aws:s3:::amazonlinux.*.amazonaws.com/*"]}]}"#;
const OBJECTS: &str = "arn:aws:s3:::amazonlinux.*.amazonaws.com/*";
const BUCKET: &str = "arn:aws:s3:::amazonlinux.*.amazonaws.com";

fn is_proved(answer: &Answer) -> bool {
    matches!(answer, Answer::Proved(_))
}

fn refuted(answer: Answer) -> (String, String, Verdict) {
    match answer {
        Answer::Refuted(witness) => {
            (witness.request.action.to_string(), witness.request.resource, witness.decision.verdict)
        }
        other => panic!("not refuted: {other:?}"),
    }
}

#[test]
fn a_document_of_denies_denies_whatever_it_names() {
    for resource in [BUCKET, OBJECTS] {
        let region = region(&["s3:GetObject"], &[resource]);
        let answer = ask_alone(PolicyType::Endpoint, DENY_AL2, &region, Expectation::Deny);
        assert!(is_proved(&answer), "{resource}: {answer:?}");
    }
    let objects = region(&["s3:GetObject"], &[OBJECTS]);
    assert!(is_proved(&ask_alone(PolicyType::Endpoint, DENY_AL2, &objects, Expectation::ExplicitDeny)));
}

#[test]
fn the_deny_names_objects_and_not_the_bucket() {
    let bucket = region(&["s3:GetObject"], &[BUCKET]);
    let (action, resource, verdict) =
        refuted(ask_alone(PolicyType::Endpoint, DENY_AL2, &bucket, Expectation::ExplicitDeny));
    assert_eq!(verdict, Verdict::ImplicitlyDenied);
    assert_eq!(action, "s3:GetObject");
    assert!(
        resource.starts_with("arn:aws:s3:::amazonlinux.") && resource.ends_with(".amazonaws.com"),
        "{resource}"
    );
}

#[test]
fn with_the_default_allow_the_objects_are_denied_and_the_bucket_is_not() {
    let objects = region(&["s3:GetObject"], &[OBJECTS]);
    assert!(is_proved(&ask_alone(
        PolicyType::Endpoint,
        DEFAULT_DENY_AL2,
        &objects,
        Expectation::ExplicitDeny
    )));
    let bucket = region(&["s3:GetObject"], &[BUCKET]);
    let (.., verdict) =
        refuted(ask_alone(PolicyType::Endpoint, DEFAULT_DENY_AL2, &bucket, Expectation::Deny));
    assert_eq!(verdict, Verdict::Allowed);
    // `*` crosses `/`.
    let evil = region(&["s3:GetObject"], &["arn:aws:s3:::amazonlinux.evil/x.amazonaws.com/payload"]);
    assert!(is_proved(&ask_alone(PolicyType::Endpoint, DEFAULT_DENY_AL2, &evil, Expectation::ExplicitDeny)));
}

#[test]
fn the_ten_network_interface_permissions_and_no_others() {
    let ten = [
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeVpcs",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DeleteNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:CreateNetworkInterface",
    ];
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":{ten:?},"Resource":"*"}}]}}"#
    );
    assert!(is_proved(&ask_alone(PolicyType::Identity, &text, &region(&ten, &["*"]), Expectation::Allow)));
    let mut eleven = ten.to_vec();
    eleven.push("ec2:RunInstances");
    let (action, ..) =
        refuted(ask_alone(PolicyType::Identity, &text, &region(&eleven, &["*"]), Expectation::Allow));
    assert_eq!(action, "ec2:RunInstances");
}
