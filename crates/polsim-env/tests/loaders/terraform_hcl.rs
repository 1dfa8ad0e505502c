//! Files of Terraform configurations.

use crate::support::{codes, corpus, load_corpus, load_text, loaded_with, text_of, underlined};

const FILE: &str = "../iac/terraform/service.tf";

#[test]
fn documents_heredocs_and_jsonencode_are_policies() {
    let loaded = load_corpus(FILE);
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    let names: Vec<&str> = loaded.policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "aws_iam_policy.write.policy",
            "aws_iam_role.worker.assume_role_policy",
            "aws_iam_role_policy.read.policy",
            "aws_s3_bucket_policy.logs.policy",
        ]
    );
    let write = text_of(&loaded, "aws_iam_policy.write.policy");
    // The bucket has no name yet, and the variable of the policy is one of requests.
    assert!(
        write.contains("arn:aws:s3:::${polsim:unknown/aws_s3_bucket.logs.bucket}/${aws:username}/*"),
        "{write}"
    );
    assert!(
        write.contains("polsim:perhaps/dynamic statement")
            || write.contains("polsim:perhaps/dynamic%20statement"),
        "{write}"
    );
    assert!(write.contains(r#""aws:RequestedRegion": ["eu-west-1"]"#), "{write}");
    let read = text_of(&loaded, "aws_iam_role_policy.read.policy");
    assert!(read.contains("arn:aws:s3:::otter-dev/*") && !read.contains("polsim:"), "{read}");
    assert_eq!(
        underlined(&loaded, "aws_iam_role_policy.read.policy", "\"s3:GetObjekt\""),
        "\"s3:GetObjekt\""
    );
    let trust = "aws_iam_role.worker.assume_role_policy";
    assert_eq!(underlined(&loaded, trust, "\"lambda.amazonaws.com\""), "\"lambda.amazonaws.com\"");
    let bucket = text_of(&loaded, "aws_s3_bucket_policy.logs.policy");
    assert!(
        bucket.contains("polsim:perhaps/AWS::AccountId") && bucket.contains(r#""Principal": "*""#),
        "{bucket}"
    );
}

#[test]
fn given_values_take_the_place_of_defaults() {
    let given = [("stage", "prod"), ("AWS::AccountId", "111122223333")];
    let loaded = loaded_with(&corpus(FILE), &given);
    let read = text_of(&loaded, "aws_iam_role_policy.read.policy");
    assert!(read.contains("arn:aws:s3:::otter-prod/*"), "{read}");
    let bucket = text_of(&loaded, "aws_s3_bucket_policy.logs.policy");
    assert!(bucket.contains("arn:aws:iam::111122223333:root"), "{bucket}");
    // Other files may attach more to whoever is described here; who has what is for the plan to say.
    assert!(loaded.facts.is_empty());
}

#[test]
fn what_is_no_configuration_says_where() {
    let loaded = load_text("a.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = [\n}\n");
    assert_eq!(codes(&loaded.problems), ["LOD030"]);
    let none = load_text("a.tf", "resource \"aws_vpc\" \"a\" {}\n");
    assert_eq!((codes(&none.problems), codes(&none.notes)), (vec![], vec!["LOD034"]));
}

#[test]
fn windows_line_ends_change_nothing() {
    let loaded = load_text("service.tf", &corpus(FILE).text().replace('\n', "\r\n"));
    assert_eq!((loaded.policies.len(), codes(&loaded.problems)), (4, vec![]));
    assert_eq!(
        underlined(&loaded, "aws_iam_role_policy.read.policy", "\"s3:GetObjekt\""),
        "\"s3:GetObjekt\""
    );
}

#[test]
fn locals_that_are_made_of_themselves_are_not_known() {
    let text = "locals {\n  a = \"${local.b}-${local.b}\"\n  b = \"${local.a}-${local.a}\"\n}\n\
        resource \"aws_iam_policy\" \"p\" {\n  policy = local.a\n}\n";
    let loaded = load_text("a.tf", text);
    assert!(text_of(&loaded, "aws_iam_policy.p.policy").contains("polsim:perhaps/"));
}
