//! The claims about the corpus, and requests against it.

use crate::run::{Ran, run, run_with_input, sagemaker};

const BUCKET: &str = "arn:aws:s3:::amazonlinux.*.amazonaws.com";
const OBJECTS: &str = "arn:aws:s3:::amazonlinux.*.amazonaws.com/*";
const ROLE: &str = "arn:aws:iam::111122223333:role/model";
const MODEL: &str = "arn:aws:s3:::example-artifacts/model.tar.gz";

fn check(policy: &str, expect: &str, action: &str, resource: &str, more: &[&str]) -> Ran {
    let policy = sagemaker(policy);
    let mut arguments = vec!["check", &policy, "--expect", expect, action, resource];
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn a_document_of_denies_denies_buckets_and_objects() {
    for resource in [BUCKET, OBJECTS] {
        let ran = check("s3-endpoint-deny-al2", "deny", "s3:GetObject", resource, &[]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.starts_with("proved: "), "{ran:?}");
    }
    assert_eq!(check("s3-endpoint-deny-al2", "explicit-deny", "s3:GetObject", OBJECTS, &[]).code, 0);
}

#[test]
fn the_bucket_is_denied_only_because_nothing_allows_it() {
    let ran = check("s3-endpoint-deny-al2", "explicit-deny", "s3:GetObject", BUCKET, &[]);
    assert_eq!(ran.code, 1);
    for words in [
        "it is denied only because nothing allows it",
        "`AmazonLinux2AMIRepositoryAccess` does not apply: it names objects",
        "not the bucket itself",
        "so it blocks everything that goes through its",
        "S4.11.2",
    ] {
        assert!(ran.says(words), "{words}: {}", ran.out);
    }
}

#[test]
fn with_the_default_allow_the_bucket_gets_through() {
    assert_eq!(check("s3-endpoint-default-deny-al2", "explicit-deny", "s3:GetObject", OBJECTS, &[]).code, 0);
    let evil = "arn:aws:s3:::amazonlinux.evil/x.amazonaws.com/payload";
    assert_eq!(check("s3-endpoint-default-deny-al2", "explicit-deny", "s3:GetObject", evil, &[]).code, 0);
    let ran = check("s3-endpoint-default-deny-al2", "deny", "s3:GetObject", BUCKET, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("this request is allowed") && ran.says("arn:aws:s3:::amazonlinux."), "{ran:?}");
}

#[test]
fn the_ten_network_interface_permissions() {
    let ten = "ec2:DescribeVpcEndpoints,ec2:DescribeDhcpOptions,ec2:DescribeVpcs,ec2:DescribeSubnets,\
               ec2:DescribeSecurityGroups,ec2:DescribeNetworkInterfaces,ec2:DeleteNetworkInterfacePermission,\
               ec2:DeleteNetworkInterface,ec2:CreateNetworkInterfacePermission,ec2:CreateNetworkInterface";
    assert_eq!(check("eni-permissions", "allow", ten, "*", &[]).code, 0);
    let ran = check("eni-permissions", "allow", &format!("{ten},ec2:RunInstances"), "*", &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("action     ec2:RunInstances"), "{}", ran.out);
}

#[test]
fn several_documents_are_refused_merged_or_taken_one_by_one() {
    let ran = check("s3-endpoint-deny-both-documents", "deny", "s3:GetObject", BUCKET, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("AWS refuses them in one document") && ran.out.is_empty(), "{ran:?}");
    for how in ["merge", "each"] {
        let ran =
            check("s3-endpoint-deny-both-documents", "deny", "s3:GetObject", BUCKET, &["--documents", how]);
        assert_eq!(ran.code, 0, "{how}: {ran:?}");
    }
}

#[test]
fn a_context_narrows_the_claim() {
    let policy = "s3-bucket-only-vpce";
    let ours = ["--context", "aws:SourceVpce=vpce-0a1b2c3d4e5f60718"];
    let other = ["--context", "aws:SourceVpce=vpce-other"];
    let object = "arn:aws:s3:::example-artifacts/*";
    assert_eq!(check(policy, "explicit-deny", "s3:*", object, &other).code, 0);
    assert_eq!(check(policy, "explicit-deny", "s3:*", object, &ours).code, 1);
    assert_eq!(check(policy, "explicit-deny", "s3:*", object, &["--absent", "aws:SourceVpce"]).code, 0);
}

#[test]
fn a_claim_about_no_request_is_bad_input() {
    let contradiction =
        ["--principal", ROLE, "--context", "aws:PrincipalArn=arn:aws:iam::444455556666:role/other"];
    let ran = check("s3-endpoint-default", "deny", "s3:GetObject", "*", &contradiction);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn a_policy_can_come_from_standard_input() {
    let text = std::fs::read(crate::run::root().join(sagemaker("eni-permissions"))).unwrap();
    let ran = run_with_input(&["check", "-", "--expect", "allow", "ec2:DescribeVpcs", "*"], &text);
    assert_eq!(ran.code, 0, "{ran:?}");
}

fn simulate(more: &[&str]) -> Ran {
    let (identity, endpoint, bucket) = (
        sagemaker("role-read-artifacts"),
        sagemaker("s3-endpoint-default-deny-al2"),
        sagemaker("s3-bucket-only-vpce"),
    );
    let mut arguments = vec!["simulate", "--identity", &identity, "--endpoint", &endpoint];
    arguments.extend(["--resource-policy", &bucket, "-p", ROLE, "-a", "s3:GetObject", "-r", MODEL]);
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn a_request_through_the_right_endpoint_is_allowed() {
    let ran = simulate(&["--via", "gateway:vpce-0a1b2c3d4e5f60718"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("allowed: ") && ran.says("Allow `ReadArtifacts`"), "{}", ran.out);
}

#[test]
fn a_denial_says_what_would_turn_it() {
    let ran = simulate(&["--via", "gateway:vpce-other", "--trace"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for words in [
        "with an explicit",
        "Deny `OnlyOurEndpoint` denies it (resource-based policy)",
        "it would be allowed if `aws:SourceVpce` were `vpce-0a1b2c3d4e5f60718`",
        "the VPC endpoint policy allows (corpus/sagemaker/s3-endpoint-default-deny-al2.json)",
        "does not match arn:aws:s3:::example-artifacts/model.tar.gz",
    ] {
        assert!(ran.says(words), "{words}: {}", ran.out);
    }
}

#[test]
fn a_key_that_is_not_stated_leaves_the_answer_open() {
    let ran = simulate(&[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.says("`aws:SourceVpce` is not stated"), "{}", ran.out);
    let closed = simulate(&["--closed"]);
    assert_eq!(closed.code, 0, "{closed:?}");
    assert!(closed.out.starts_with("denied: ") && closed.says("explicit deny in a resource-based policy"));
    assert!(ran.says("Deny `OnlyOurEndpoint` looks at it"), "{}", ran.out);
}

#[test]
fn an_endpoint_that_is_not_passed_is_not_asked() {
    let ran = simulate(&["--via", "internet:203.0.113.7", "--trace"]);
    assert!(ran.says("the endpoint's policy is not asked"), "{}", ran.out);
    assert!(!ran.says("the VPC endpoint policy allows"), "{}", ran.out);
    let unstated = simulate(&[]);
    assert!(unstated.says("the request is taken to go through a gateway endpoint"), "{}", unstated.out);
}

#[test]
fn policies_that_cannot_grant_speak_for_themselves() {
    let endpoint = sagemaker("s3-endpoint-default");
    let bucket = sagemaker("s3-bucket-allow-vpce");
    let arguments = ["simulate", "--endpoint", &endpoint, "--resource-policy", &bucket, "-p", ROLE];
    let ours = ["-a", "s3:GetObject", "-r", MODEL, "--via", "gateway:vpce-0a1b2c3d4e5f60718"];
    let ran = run(&[&arguments[..], &ours[..]].concat());
    assert!(ran.out.starts_with("allowed: ") && ran.says("say by themselves"), "{ran:?}");
}

#[test]
fn an_ambiguity_can_be_read_the_other_way() {
    // A31: a bucket policy that names the caller's own account.
    let policy =
        br#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},
        "Action":"s3:GetObject","Resource":"arn:aws:s3:::example-artifacts/*"}}"#;
    let identity = sagemaker("eni-permissions");
    let ask = |more: &[&str]| {
        let mut arguments = vec!["simulate", "--identity", &identity, "--resource-policy", "-", "--closed"];
        arguments.extend([
            "-p",
            ROLE,
            "-a",
            "s3:GetObject",
            "-r",
            MODEL,
            "--resource-account",
            "111122223333",
        ]);
        arguments.extend(more);
        run_with_input(&arguments, policy).out
    };
    let chosen = ask(&[]);
    assert!(!chosen.starts_with("allowed: ") && chosen.contains("A31"), "{chosen}");
    let other = ask(&["--reading", "account-grant-suffices"]);
    assert!(other.starts_with("allowed: "), "{other}");
}
