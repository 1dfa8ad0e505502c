//! Two policies or two environments, one beside the other.

use crate::run::{Ran, run, sagemaker};
use std::path::PathBuf;

const PERIMETER: &str = "corpus/environments/perimeter/perimeter.env.yaml";

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("polsim-compare-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Two identity policies with one statement each.
fn compared(name: &str, old: &str, new: &str, more: &[&str]) -> Ran {
    let folder = folder(name);
    let write = |name: &str, statement: &str| {
        let path = folder.join(name);
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (old, new) = (write("old.json", old), write("new.json", new));
    let mut arguments = vec!["compare", &old, &new, "--type", "identity"];
    arguments.extend(more);
    run(&arguments)
}

const GET: &str = r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::a/*"}"#;
const GET_OBJECT: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}"#;
const PUT: &str = r#"{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::a/*"}"#;

#[test]
fn a_narrower_policy_grants_no_more_and_less() {
    let ran = compared("narrower", GET, GET_OBJECT, &["--expect", "no-more-access"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("proved: ") && ran.says("grants no more than"), "{ran:?}");
    let ran = compared("less", GET, GET_OBJECT, &["--expect", "no-less-access"]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("grants less than") && ran.says("and not by"), "{ran:?}");
    let ran = compared("same", GET, GET_OBJECT, &["--expect", "same"]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("grants less than") && ran.says("and no more"), "{ran:?}");
}

#[test]
fn without_a_claim_it_is_told_what_is_different() {
    let ran = compared("both", GET, PUT, &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("compared: "), "{ran:?}");
    assert!(
        ran.says("grants some things that") && ran.says("s3:PutObject") && ran.says("and lacks others"),
        "{ran:?}"
    );
    let ran = compared("equal", GET, GET, &[]);
    assert!(ran.says("grants the same as"), "{ran:?}");
}

#[test]
fn a_region_limits_what_is_compared() {
    let ran = compared("region", GET, GET_OBJECT, &["--expect", "same", "--actions", "s3:GetObject"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = compared("disjoint", GET, PUT, &["--expect", "disjoint"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = compared("meet", GET, GET_OBJECT, &["--expect", "disjoint"]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("grant something in common"), "{ran:?}");
}

#[test]
fn a_deny_takes_away_and_a_condition_narrows() {
    let denied = format!(
        r#"{GET},{{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{{"Bool":{{"aws:SecureTransport":"false"}}}}}}"#
    );
    assert_eq!(compared("deny", GET, &denied, &["--expect", "no-more-access"]).code, 0);
    let ran = compared("undenied", &denied, GET, &["--expect", "no-more-access"]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("aws:SecureTransport false"), "{ran:?}");
    let more = ["--expect", "no-more-access", "--region", "aws:SecureTransport = true"];
    assert_eq!(compared("secure", &denied, GET, &more).code, 0);
}

#[test]
fn policies_of_two_types_are_not_compared() {
    let (endpoint, role) = (sagemaker("s3-endpoint-default"), sagemaker("eni-permissions"));
    let ran = run(&["compare", &endpoint, &role]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("INP023") && ran.err.contains("--type"), "{ran:?}");
}

#[test]
fn the_guides_policy_takes_objects_away_from_full_access() {
    let (old, new) = (sagemaker("s3-endpoint-default"), sagemaker("s3-endpoint-default-deny-al2"));
    assert_eq!(run(&["compare", &old, &new, "--expect", "no-more-access"]).code, 0);
    let ran = run(&["compare", &old, &new, "--expect", "no-less-access"]);
    assert_eq!(ran.code, 1);
    assert!(ran.says("`AmazonLinux2AMIRepositoryAccess` denies it"), "{}", ran.out);
}

/// The environment of the corpus, with one text in one of its files replaced.
fn altered(name: &str, file: &str, from: &str, to: &str) -> String {
    let target = folder(name);
    let source = crate::run::root().join("corpus/environments/perimeter");
    let mut folders = vec![PathBuf::new()];
    while let Some(at) = folders.pop() {
        std::fs::create_dir_all(target.join(&at)).unwrap();
        for entry in std::fs::read_dir(source.join(&at)).unwrap() {
            let entry = entry.unwrap();
            let path = at.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
                continue;
            }
            let mut text = std::fs::read_to_string(entry.path()).unwrap();
            if path == *std::path::Path::new(file) {
                assert!(text.contains(from), "{from} is not in {file}");
                text = text.replace(from, to);
            }
            std::fs::write(target.join(path), text).unwrap();
        }
    }
    target.join("perimeter.env.yaml").to_string_lossy().into_owned()
}

#[test]
fn an_environment_is_the_same_as_itself() {
    let ran = run(&["compare", PERIMETER, PERIMETER, "--expect", "same"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("principals") && ran.says("in all"), "{ran:?}");
}

#[test]
fn a_wider_endpoint_policy_alone_opens_nothing_and_a_wider_role_does() {
    let wider = altered("role", "role/read-artifacts.json", "s3:GetObject\"", "s3:*\"");
    let ran = run(&["compare", PERIMETER, &wider, "--expect", "no-more-access", "-p", "model-role"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.says("arn:aws:iam::111122223333:role/team/model"), "{ran:?}");
    assert_eq!(
        run(&["compare", PERIMETER, &wider, "--expect", "no-less-access", "-p", "model-role"]).code,
        0
    );
}

#[test]
fn a_principal_that_is_gone_has_lost_what_it_had() {
    let gone = altered("gone", "perimeter.env.yaml", "groups: [readers]", "groups: []");
    let ran = run(&["compare", PERIMETER, &gone, "--expect", "no-less-access", "-p", "alice"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.says("user/alice"), "{ran:?}");
}
