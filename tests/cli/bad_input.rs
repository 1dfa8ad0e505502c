//! Whatever is wrong, it is said, and the exit code is 2.

use crate::run::{Ran, run, run_with_input};

fn check_stdin(input: &[u8]) -> Ran {
    run_with_input(&["check", "-", "--expect", "deny", "s3:GetObject", "*"], input)
}

fn refused(ran: &Ran, words: &str) {
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.out.is_empty() && ran.err.contains(words) && !ran.err.contains("panicked"),
        "{words}: {ran:?}"
    );
}

#[test]
fn files_that_are_none() {
    refused(&run(&["validate", "no/such/file.json"]), "no/such/file.json");
    refused(&run(&["validate", "corpus"]), "directory");
    refused(&run(&["check", "no.json", "--expect", "deny", "s3:*", "*"]), "no.json");
}

#[test]
fn texts_that_are_no_policies() {
    refused(&check_stdin(b""), "empty");
    refused(&check_stdin(b"\xff\xfe{}"), "UTF-8");
    refused(&check_stdin(b"{\"Statement\": [],}"), "comma");
    refused(&check_stdin(b"\xef\xbb\xbf{\"Statement\":[]}"), "byte order mark");
    refused(
        &check_stdin(br#"{"Statement":{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}}"#),
        "Effect",
    );
}

#[test]
fn a_nesting_bomb_is_refused() {
    refused(&check_stdin(&vec![b'['; 50 * 1024 * 1024]), "");
    refused(&check_stdin(&vec![b'['; 100_000]), "nested");
}

#[test]
fn all_problems_of_a_file_are_told_at_once() {
    let text = br#"{"Version":"2012-10-18","Statement":[{"effect":"Allow","Action":"s3","Resource":"x"}]}"#;
    let ran = run_with_input(&["validate", "--type", "identity", "-"], text);
    assert_eq!(ran.code, 1, "{ran:?}");
    for code in ["SYN011", "SYN005", "ACT", "ARN002"] {
        assert!(ran.out.contains(code), "{code}: {}", ran.out);
    }
}

#[test]
fn words_that_are_no_actions_resources_or_principals() {
    let policy = "corpus/sagemaker/eni-permissions.json";
    let check = |more: &[&str]| run(&[&["check", policy, "--expect", "allow"], more].concat());
    refused(&check(&["GetObject", "*"]), "no action");
    refused(&check(&["s3:GetObject", "bucket"]), "no resource");
    refused(&check(&["s3:GetObject", "*", "--principal", "bob"]), "no principal");
    refused(&check(&["s3:GetObject", "*", "--context", "SourceIp"]), "KEY=VALUE");
    refused(&check(&["s3:GetObject", "*", "--type", "declarative"]), "declarative");
    refused(&run(&["chekc"]), "chekc");
}

#[test]
fn a_contradiction_names_both_sides() {
    let policy = "corpus/sagemaker/eni-permissions.json";
    let who = "arn:aws:iam::111122223333:user/bob";
    let arguments = ["simulate", policy, "-p", who, "-a", "ec2:DescribeVpcs", "-c", "aws:username=al"];
    let ran = run(&arguments);
    refused(&ran, "`aws:username` is stated to be `al`");
    assert!(ran.err.contains("`bob`"), "{ran:?}");
}

#[test]
fn policies_and_ways_that_do_not_fit_the_request() {
    let role = "corpus/sagemaker/role-read-artifacts.json";
    let endpoint = "corpus/sagemaker/s3-endpoint-default.json";
    let object = ["-a", "s3:GetObject", "-r", "arn:aws:s3:::example-artifacts/a"];
    let simulate = |more: &[&str]| run(&[&["simulate"], more, &object].concat());
    let user = "arn:aws:iam::111122223333:user/bob";
    refused(&simulate(&[role, "-p", "anonymous"]), "an identity-based policy does not concern anyone");
    refused(&simulate(&[endpoint, "--endpoint", endpoint, "-p", user]), "one VPC endpoint policy");
    refused(
        &simulate(&[endpoint, "-p", user, "--via", "internet:1.2.3.4"]),
        "does not go through the endpoint",
    );
    refused(&simulate(&["-p", user]), "no policy is given");
    for (via, words) in [
        ("internet:here", "`here` is no address"),
        ("gateway:eni-1", "no id of a VPC endpoint"),
        ("pigeon", "no way of a request"),
    ] {
        refused(&simulate(&[endpoint, "-p", user, "--via", via]), words);
    }
    let contradiction = ["--via", "gateway:vpce-1", "-c", "aws:SourceVpce=vpce-2"];
    let ran = simulate(&[&[endpoint, "-p", user], &contradiction[..]].concat());
    refused(&ran, "`aws:SourceVpce` is stated to be `vpce-2`");
    assert!(ran.err.contains("`vpce-1`"), "{ran:?}");
}
