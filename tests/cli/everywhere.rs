//! Claims over environments, and what limits claims: constraints on keys, other layers, some request instead of all.

use crate::run::{run, sagemaker};

const PERIMETER: &str = "corpus/environments/perimeter/perimeter.env.yaml";
const ARTIFACTS: &str = "arn:aws:s3:::example-artifacts/*";

#[test]
fn some_request_of_the_model_role_gets_through_and_none_writes() {
    let ran = run(&[
        "check",
        "--env",
        PERIMETER,
        "--expect",
        "some-allow",
        "-p",
        "model-role",
        "s3:GetObject",
        ARTIFACTS,
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("vpce-1a2b3c4d") && ran.says("this request is allowed, under every reading"), "{ran:?}");
    let ran = run(&[
        "check",
        "--env",
        PERIMETER,
        "--expect",
        "some-allow",
        "-p",
        "model-role",
        "s3:DeleteObject",
        ARTIFACTS,
    ]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.says("no request for s3:DeleteObject"), "{ran:?}");
}

#[test]
fn nobody_reads_the_artifacts_but_through_the_endpoint() {
    let ran = run(&[
        "check",
        "--env",
        PERIMETER,
        "--expect",
        "deny",
        "--via",
        "internet",
        "s3:GetObject",
        ARTIFACTS,
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("who is not described in the environment"), "{ran:?}");
    let ran =
        run(&["check", "--env", PERIMETER, "--expect", "deny", "--via", "s3", "s3:GetObject", ARTIFACTS]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.says("endpoint vpce-1a2b3c4d"), "{ran:?}");
}

#[test]
fn what_the_environment_does_not_know_is_bad_input() {
    let ran = run(&["check", "--env", PERIMETER, "--expect", "deny", "-p", "modelrole", "s3:*", "*"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("model-role"), "{ran:?}");
    let ran = run(&["check", "--env", PERIMETER, "--expect", "deny", "--via", "s4", "s3:*", "*"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let role = sagemaker("eni-permissions");
    let ran = run(&["check", &role, "--env", PERIMETER, "--expect", "deny", "s3:*", "*"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("INP022"), "{ran:?}");
}

#[test]
fn constraints_mean_what_conditions_mean() {
    let bucket = sagemaker("s3-bucket-only-vpce");
    let claim = |region: &str| {
        run(&["check", &bucket, "--expect", "explicit-deny", "--region", region, "s3:GetObject", ARTIFACTS])
            .code
    };
    // The bucket denies all that does not come through vpce-1a2b3c4d.
    assert_eq!(claim("aws:SourceVpce = vpce-11111111"), 0);
    assert_eq!(claim("aws:SourceVpce absent"), 0);
    let own = std::fs::read_to_string(crate::run::root().join(&bucket)).unwrap();
    let endpoint = own.split('"').find(|text| text.starts_with("vpce-")).unwrap().to_owned();
    assert_eq!(claim(&format!("aws:SourceVpce != {endpoint}")), 0);
    assert_eq!(claim("aws:SourceVpce like vpce-*"), 1);
    assert_eq!(claim(&format!("aws:SourceVpce in {endpoint},vpce-11111111")), 1);
}

#[test]
fn a_constraint_that_is_none_says_what_one_is() {
    let bucket = sagemaker("s3-bucket-only-vpce");
    let ran =
        run(&["check", &bucket, "--expect", "deny", "--region", "aws:SourceVpce", "s3:GetObject", ARTIFACTS]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no operator") && ran.err.contains("KEY in A,B"), "{ran:?}");
}

#[test]
fn a_boundary_takes_away_what_a_role_allows() {
    let (role, boundary) =
        (sagemaker("role-read-artifacts"), "corpus/environments/perimeter/role/boundary.json");
    let claim = |more: &[&str]| {
        let mut arguments = vec!["check", "--identity", &role, "--expect", "deny", "s3:GetObject", "*"];
        arguments.extend(more);
        run(&arguments).code
    };
    assert_eq!(claim(&[]), 1);
    assert_eq!(claim(&["--boundary", boundary]), 1);
    assert_eq!(
        claim(&[
            "--scp",
            "corpus/environments/perimeter/scp/only-eu.json",
            "--region",
            "aws:RequestedRegion = us-west-2"
        ]),
        0
    );
}

#[test]
fn each_further_counterexample_is_decided_by_other_statements() {
    let policy = sagemaker("s3-endpoint-default-deny-both");
    let ran = run(&["check", &policy, "--expect", "allow", "--witnesses", "3", "s3:GetObject", "*"]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("another request, decided by other statements"), "{ran:?}");
    assert!(ran.says("`AmazonLinuxAMIRepositoryAccess` denies it"), "{ran:?}");
    assert!(ran.says("`AmazonLinux2AMIRepositoryAccess` denies it"), "{ran:?}");
}
