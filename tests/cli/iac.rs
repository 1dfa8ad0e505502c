//! Templates, plans and configurations: what is underlined, and answers about what is known only later.

use crate::looks::seen;
use crate::run::{root, run, run_with_input};
use std::fs;

const PLAN: &str = "corpus/iac/terraform/plan.json";
const CONFIGURATION: &str = "corpus/iac/terraform/service.tf";
const TEMPLATE: &str = "corpus/iac/cloudformation/service.yaml";

/// A template with one policy: an Allow on a bucket that has no name yet, and a Deny on another one.
const LATER: &str = r#"{"Resources": {
  "Uploads": {"Type": "AWS::S3::Bucket"},
  "P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "${Uploads.Arn}/*"}},
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/*"},
    {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::secret/*"}]}}}}}"#;

#[test]
fn a_finding_is_underlined_inside_of_the_string_of_a_plan() {
    insta::assert_snapshot!(seen(&["lint", "--select", "ACT", PLAN], "90", false, ""));
}

#[test]
fn a_finding_is_underlined_in_the_configuration() {
    insta::assert_snapshot!(seen(&["lint", "--select", "ACT", CONFIGURATION], "90", false, ""));
}

#[test]
fn an_answer_is_about_all_values_of_what_is_not_known() {
    let check = |expect: &str, resource: &str| {
        seen(&["check", "-", "--expect", expect, "s3:GetObject", resource], "90", false, LATER)
    };
    // The Deny holds wherever the bucket is.
    insta::assert_snapshot!("whatever_it_is", check("deny", "arn:aws:s3:::secret/*"));
    // The other Allow does not speak of the bucket.
    insta::assert_snapshot!("it_does_not_matter", check("deny", "arn:aws:s3:::open/*"));
    // Only if the bucket gets that name.
    insta::assert_snapshot!("it_depends", check("deny", "arn:aws:s3:::data/*"));
}

#[test]
fn a_parameter_that_is_given_decides() {
    let check = |parameters: &[&str]| {
        let mut arguments = vec!["check", TEMPLATE, "--expect", "deny", "ec2:RunInstances", "*"];
        arguments.extend(parameters);
        run(&arguments).code
    };
    // What is written for production only allows nothing of that elsewhere; in production it is S3 alone.
    assert_eq!(check(&["--parameters", "Stage=prod"]), 0);
    let delete = |stage: &str| {
        let stage = format!("Stage={stage}");
        run(&[
            "check",
            TEMPLATE,
            "--expect",
            "deny",
            "s3:DeleteBucket",
            "arn:aws:s3:::x",
            "--parameters",
            &stage,
        ])
        .code
    };
    assert_eq!((delete("dev"), delete("prod")), (0, 1));
    assert_eq!(run(&["lint", TEMPLATE, "--parameters", "nothing"]).code, 2);
}

#[test]
fn a_template_is_an_environment_when_the_account_is_told() {
    let worker = "arn:aws:iam::111122223333:role/worker";
    let queue = "arn:aws:sqs:eu-west-1:111122223333:jobs-dev";
    let ask = ["simulate", "--env", TEMPLATE, "-p", worker, "-a", "sqs:SendMessage", "-r", queue];
    let told = [
        "--parameters",
        "AWS::AccountId=111122223333",
        "--parameters",
        "AWS::Region=eu-west-1",
        "--parameters",
        "Partner=444455556666",
    ];
    let arguments: Vec<&str> = ask.iter().chain(&told).copied().collect();
    let ran = run(&arguments);
    assert!(ran.code == 0 && ran.says("allowed: sqs:SendMessage"), "{ran:?}");
    assert_eq!(run(&ask).code, 2);
}

#[test]
fn a_function_that_does_not_exist_is_bad_input_with_what_is_meant() {
    let input = LATER.replace("Fn::Sub", "Fn::Subb");
    let ran = run_with_input(&["lint", "-"], input.as_bytes());
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("LOD031") && ran.err.contains("did you mean `Fn::Sub`?"), "{ran:?}");
}

#[test]
fn a_truncated_plan_is_bad_input() {
    let text = std::fs::read_to_string(root().join(PLAN)).unwrap();
    let ran = run_with_input(
        &["check", "-", "--expect", "deny", "s3:*", "*"],
        text.get(..3000).unwrap().as_bytes(),
    );
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("is not closed"), "{ran:?}");
}

/// A template whose one policy allows reading `resource`.
fn reading(resource: &str) -> String {
    let statement = r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "RESOURCE"}"#;
    r#"{"Parameters": {"Name": {"Type": "String"}}, "Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties":
      {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{STATEMENT}]}}}}}"#
        .replace("STATEMENT", &statement.replace("RESOURCE", resource))
}

/// With `Name` = `x`, the one policy is about `a-x` and the other about `a-x-b`: neither grants what the other does.
#[test]
fn what_one_name_is_part_of_need_not_be_the_same() {
    let folder = std::env::temp_dir().join(format!("polsim-two-names-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let [old, new] = ["old.json", "new.yaml"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    fs::write(&old, reading("arn:aws:s3:::a-${Name}/*")).unwrap();
    fs::write(&new, reading("arn:aws:s3:::a-${Name}-b/*")).unwrap();
    let compare = |more: &[&str]| {
        let ran = run(&[&["compare", &old, &new, "--expect", "no-more-access"][..], more].concat());
        (ran.code, ran.out.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (code, text) = compare(&[]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("`Name` lets a statement apply"), "{text}");
    let (code, text) = compare(&["--parameters", "Name=x"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("a-x-b"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

/// A template says nothing of who has its policies until the account is told; it must not be proved about nobody.
#[test]
fn templates_are_compared_as_policies_and_an_environment_of_nobody_proves_nothing() {
    let ran = run(&["compare", TEMPLATE, TEMPLATE]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--env"), "{ran:?}");
    let template = std::env::temp_dir().join(format!("polsim-nobody-{}.json", std::process::id()));
    fs::write(&template, reading("arn:aws:s3:::open/*")).unwrap();
    let nobody = template.to_str().unwrap();
    for arguments in [
        &["compare", "--env", nobody, nobody, "--expect", "same"][..],
        &["check", "--env", nobody, "s3:GetObject", "arn:aws:s3:::open/*", "--expect", "deny"][..],
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.err.contains("INP024")), (2, true), "{ran:?}");
    }
    fs::remove_file(template).unwrap();
}
