//! Terraform plans and states.

use crate::support::{codes, corpus, environment, load_corpus, load_text, text_of, underlined, verdict};
use polsim_eval::Verdict;

const PLAN: &str = "../iac/terraform/plan.json";

#[test]
fn every_policy_of_a_plan_is_found_by_its_address() {
    let loaded = load_corpus(PLAN);
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    let names: Vec<&str> = loaded.policies.iter().map(|policy| policy.name.as_str()).collect();
    let worker = "module.jobs[\"a.b\"].aws_iam_role.worker";
    assert_eq!(
        names,
        [
            format!("{worker}.assume_role_policy").as_str(),
            format!("{worker}.inline_policy[read]").as_str(),
            "aws_iam_policy.write.policy",
            "aws_sqs_queue_policy.jobs.policy",
        ]
    );
    let read = format!("{worker}.inline_policy[read]");
    assert_eq!(underlined(&loaded, &read, "\"s3:GetObjekt\""), r#"\"s3:GetObjekt\""#);
}

#[test]
fn a_document_that_is_read_during_apply_is_known_as_far_as_its_values_are() {
    let loaded = load_corpus(PLAN);
    let write = text_of(&loaded, "aws_iam_policy.write.policy");
    assert!(write.contains("arn:aws:s3:::otter-data/${aws:username}/*"), "{write}");
    assert!(write.contains(r#""Condition": {"Bool": {"aws:SecureTransport": ["true"]}}"#), "{write}");
    // An expression that is not evaluated may have wildcards: of the resource nothing is known.
    let key = "plan.json%20aws_iam_policy.write.policy#1";
    assert!(write.contains(key) && write.contains(r#""s3:AbortMultipartUpload"]"#), "{write}");
    let queue = text_of(&loaded, "aws_sqs_queue_policy.jobs.policy");
    assert!(queue.contains("polsim:perhaps/aws_sqs_queue.jobs.arn#"), "{queue}");
    assert!(codes(&loaded.notes).contains(&"LOD035"));
}

#[test]
fn who_a_plan_makes_can_be_asked_about() {
    let environment = environment(load_corpus(PLAN));
    let anna = "arn:aws:iam::111122223333:user/anna";
    assert_eq!(verdict(&environment, anna, "ec2:RunInstances", "*"), Verdict::ImplicitlyDenied);
    let worker = "arn:aws:iam::111122223333:role/jobs/worker";
    assert_eq!(verdict(&environment, worker, "s3:GetObjekt", "*"), Verdict::Allowed);
}

#[test]
fn a_state_tells_what_is_there() {
    let text = r#"{"format_version": "1.0", "terraform_version": "1.13.0", "values": {"root_module": {"child_modules": [
        {"address": "module.a", "resources": [{"address": "module.a.aws_kms_key.k", "mode": "managed", "type": "aws_kms_key",
        "name": "k", "values": {"arn": "arn:aws:kms:eu-west-1:111122223333:key/1", "policy":
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"}}]}]}}}"#;
    let loaded = load_text("state.json", text);
    assert_eq!(loaded.policies.len(), 1);
    let resources: Vec<&str> = loaded.facts.resources.iter().map(|fact| fact.arn.value.as_str()).collect();
    assert_eq!(resources, ["arn:aws:kms:eu-west-1:111122223333:key/1"]);
}

#[test]
fn a_plan_without_policies_is_a_note_and_a_truncated_one_a_problem() {
    let none =
        r#"{"format_version": "1.2", "terraform_version": "1.13.0", "planned_values": {"root_module": {}}}"#;
    let loaded = load_text("plan.json", none);
    assert_eq!((codes(&loaded.problems), codes(&loaded.notes)), (vec![], vec!["LOD034"]));
    let text = corpus(PLAN);
    let cut = load_text("plan.json", text.text().get(..2000).unwrap());
    assert!(codes(&cut.problems).contains(&"LOD002"));
}

#[test]
fn windows_line_ends_change_nothing() {
    let loaded = load_text("plan.json", &corpus(PLAN).text().replace('\n', "\r\n"));
    assert_eq!((loaded.policies.len(), codes(&loaded.problems)), (4, vec![]));
}
