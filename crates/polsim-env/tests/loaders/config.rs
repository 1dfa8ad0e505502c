//! Configuration items of AWS Config.

use crate::support::{codes, environment, load_corpus, underlined, verdict};
use polsim_eval::Verdict;

const ETL: &str = "arn:aws:iam::111122223333:role/etl";

#[test]
fn a_history_has_objects_in_strings_and_policies_in_these() {
    let loaded = load_corpus("config-history.json");
    assert_eq!((codes(&loaded.problems), codes(&loaded.notes)), (vec![], vec![]));
    // URL-encoded in a JSON string in the file.
    let write = "inline policy write of arn:aws:iam::111122223333:role/etl";
    assert_eq!(underlined(&loaded, write, "\"s3:PutObject\""), "%22s3%3APutObject%22");
    // A JSON string in a JSON string in the file.
    let bucket = "policy of arn:aws:s3:::lake";
    assert_eq!(underlined(&loaded, bucket, "\"s3:*\""), r#"\\\"s3:*\\\""#);
    let environment = environment(loaded);
    let ask = |action: &str, resource: &str| verdict(&environment, ETL, action, resource);
    assert_eq!(ask("ec2:DescribeVpcs", "*"), Verdict::Allowed);
    assert_eq!(ask("s3:PutObject", "arn:aws:s3:::lake/in/a"), Verdict::ExplicitlyDenied);
    let [lake] = environment.resources() else { unreachable!("one bucket") };
    assert_eq!(lake.account, "111122223333");
    assert!(lake.restrict_public_buckets);
}

#[test]
fn a_snapshot_has_objects() {
    let loaded = load_corpus("config-snapshot.json");
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    let environment = environment(loaded);
    let policies: Vec<(&str, bool)> = environment
        .resources()
        .iter()
        .map(|resource| (resource.arn.as_str(), resource.policy.is_some()))
        .collect();
    assert_eq!(
        policies,
        [
            ("arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555", true),
            ("arn:aws:s3:::logs", false),
            ("arn:aws:sqs:eu-west-1:111122223333:jobs", true),
        ]
    );
}
