//! Policies of resources and endpoints, as each service prints them.

use crate::support::{codes, corpus, environment, load_text, merged, underlined};
use polsim_env::load::{Loaded, load};
use polsim_policy::PolicyType;
use polsim_text::Limits;

const FILES: [&str; 7] = [
    "describe-vpc-endpoints.json",
    "get-bucket-policy.lake.json",
    "get-key-policy.arn%3Aaws%3Akms%3Aeu-west-1%3A444455556666%3Akey%2F11111111-2222-3333-4444-555555555555.json",
    "get-policy.work.json",
    "get-queue-attributes.jobs.json",
    "get-resource-policy.db.json",
    "get-topic-attributes.news.json",
];

fn folder() -> Loaded {
    let mut loaded = Loaded::default();
    for name in FILES {
        loaded.append(load(&corpus(&format!("444455556666/{name}")), None, &Limits::default()));
    }
    loaded
}

#[test]
fn each_policy_hangs_on_its_resource() {
    let loaded = folder();
    assert_eq!(codes(&loaded.notes), [] as [&str; 0]);
    let environment = environment(loaded);
    let arns: Vec<(&str, &str)> = environment
        .resources()
        .iter()
        .map(|resource| {
            assert!(resource.policy.is_some());
            (resource.arn.as_str(), resource.account.as_str())
        })
        .collect();
    let account = "444455556666";
    assert_eq!(
        arns,
        [
            ("arn:aws:s3:::lake", account),
            ("arn:aws:kms:eu-west-1:444455556666:key/11111111-2222-3333-4444-555555555555", account),
            ("arn:aws:lambda:eu-west-1:444455556666:function:work", account),
            ("arn:aws:sqs:eu-west-1:444455556666:jobs", account),
            ("arn:aws:secretsmanager:eu-west-1:444455556666:secret:db-a1b2c3", account),
            ("arn:aws:sns:eu-west-1:444455556666:news", account),
        ]
    );
    let [endpoint] = environment.endpoints() else { panic!("one endpoint") };
    assert_eq!((endpoint.service.as_str(), endpoint.region.as_deref()), ("s3", Some("eu-west-1")));
    assert!(endpoint.policy.is_some());
}

#[test]
fn types_are_those_of_the_outputs() {
    let loaded = folder();
    let of = |part: &str| {
        loaded.policies.iter().find(|policy| policy.name.contains(part)).map(|policy| policy.policy_type)
    };
    assert_eq!(of("s3:::lake"), Some(PolicyType::Resource));
    assert_eq!(of(":kms:"), Some(PolicyType::Kms));
    assert_eq!(of("vpce-"), Some(PolicyType::Endpoint));
    let name = "policy of arn:aws:s3:::lake";
    assert_eq!(underlined(&loaded, name, "\"s3:GetObject\""), r#"\"s3:GetObject\""#);
}

#[test]
fn a_bucket_without_an_owner_is_told() {
    let text = corpus("444455556666/get-bucket-policy.lake.json");
    let loaded = load_text("bucket.json", text.text());
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    // The policy names its bucket, and nothing names the account.
    assert_eq!(codes(&merged(loaded).problems), ["LOD017"]);
}

#[test]
fn a_policy_that_names_no_resource_is_told() {
    let key = "444455556666/get-key-policy.arn%3Aaws%3Akms%3Aeu-west-1%3A444455556666%3Akey%2F11111111-2222-3333-4444-555555555555.json";
    let loaded = load_text("key.json", corpus(key).text());
    assert_eq!(codes(&loaded.notes), ["LOD016"]);
    assert_eq!(loaded.policies.first().map(|policy| policy.policy_type), Some(PolicyType::Kms));
}
