//! `polsim who-can`: everybody who can, with the conditions; forms for people, programs and spreadsheets.

use crate::run::{run, run_with_input};
use serde_json::Value;

const PERIMETER: &str = "corpus/environments/perimeter/perimeter.env.yaml";
const ARTIFACTS: &str = "arn:aws:s3:::example-artifacts/*";

fn rows(arguments: &[&str]) -> Vec<Value> {
    let ran = run(arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer.pointer("/schema").unwrap(), "polsim.who-can/1");
    answer.pointer("/rows").and_then(Value::as_array).unwrap().clone()
}

#[test]
fn readers_are_listed_with_what_gives_and_what_takes() {
    let ran = run(&["who-can", "s3:GetObject", ARTIFACTS, "--env", PERIMETER]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("2 of 3 principals can do s3:GetObject"), "{ran:?}");
    assert!(ran.says("model-role (arn:aws:iam::111122223333:role/team/model): under conditions"), "{ran:?}");
    assert!(ran.says("Deny `OnlyTls`") && ran.says("aws:SecureTransport Bool false"), "{ran:?}");
}

#[test]
fn with_tls_it_is_always_and_nobody_gets_past_the_endpoint() {
    let asked = ["who-can", "s3:GetObject", ARTIFACTS, "--env", PERIMETER, "--format", "json"];
    let tls = ["-c", "aws:SecureTransport=true"];
    let rows = rows(&[&asked[..], &tls[..]].concat());
    let who: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(who, ["model-role", "alice"]);
    for row in &rows {
        assert_eq!(row["standing"], "always", "{row}");
        assert_eq!(row["ways"], serde_json::json!(["vpce-1a2b3c4d"]), "{row}");
    }
}

#[test]
fn a_service_that_a_trust_policy_names_is_listed_as_not_described() {
    let role = "arn:aws:iam::111122223333:role/team/model";
    let rows = rows(&["who-can", "sts:AssumeRole", role, "--env", PERIMETER, "--format", "json"]);
    assert!(!rows.is_empty());
    for row in rows {
        is_the_service(&row);
    }
}

fn is_the_service(row: &serde_json::Value) {
    assert_eq!(row["principal"], "sagemaker.amazonaws.com");
    assert_eq!(row["outside"], "an AWS service");
    assert_eq!(row["standing"], "conditions");
    assert!(
        row["grants"][0].as_str().unwrap().contains("aws:SourceAccount StringEquals 111122223333"),
        "{row}"
    );
}

#[test]
fn a_spreadsheet_gets_one_line_a_row() {
    let ran = run(&["who-can", "s3:GetObject", ARTIFACTS, "--env", PERIMETER, "--format", "csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{ran:?}");
    assert!(lines[0].starts_with("principal,name,outside,action,"), "{ran:?}");
    assert!(
        lines[1].starts_with("arn:aws:iam::111122223333:role/team/model,model-role,,s3:GetObject,"),
        "{ran:?}"
    );
}

#[test]
fn other_accounts_are_let_in_by_policies_of_resources() {
    let environment = r#"
accounts: { "111122223333": {}, "444455556666": { outside: true } }
resources:
  logs:
    arn: arn:aws:s3:::logs
    account: "111122223333"
    policy:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Principal: { AWS: "444455556666" }, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" }
        - { Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/public/*" }
"#;
    let ask = |action: &str| {
        let arguments = ["who-can", action, "arn:aws:s3:::logs/*", "--env", "-", "--format", "json"];
        let ran = run_with_input(&arguments, environment.as_bytes());
        assert_eq!(ran.code, 0, "{ran:?}");
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        let rows = answer["rows"].as_array().unwrap().iter();
        rows.map(|row| {
            (row["principal"].as_str().unwrap().to_owned(), row["standing"].as_str().unwrap().to_owned())
        })
        .collect::<Vec<_>>()
    };
    let one = |who: &str, standing: &str| (who.to_owned(), standing.to_owned());
    assert_eq!(ask("s3:PutObject"), [one("444455556666", "always")]);
    // Of all objects the public ones: anybody, named or not.
    let readers = ask("s3:GetObject");
    assert!(readers.contains(&one("anonymous", "conditions")), "{readers:?}");
    assert!(readers.contains(&one("*", "conditions")), "{readers:?}");
}

#[test]
fn what_cannot_be_used_is_told() {
    let ran = run(&["who-can", "s3:Get Object", ARTIFACTS, "--env", PERIMETER]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains("INP011"), "{ran:?}");
    let ran = run(&["validate", "corpus/sagemaker/role-trust.json", "--format", "csv"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn the_model_role_can_read_and_attach_and_nothing_else() {
    let ran = run(&[
        "what-can",
        "model-role",
        "--env",
        PERIMETER,
        "--service",
        "s3",
        "--service",
        "iam",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["schema"], "polsim.what-can/1");
    let rows = answer["rows"].as_array().unwrap();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(row["action"], "s3:GetObject");
    assert_eq!(row["resource"], "arn:aws:s3:::example-artifacts");
    assert_eq!(row["ways"], serde_json::json!(["vpce-1a2b3c4d"]));
}

#[test]
fn actions_are_narrowed_by_level_and_told_short() {
    let ran = run(&["what-can", "model-role", "--env", PERIMETER, "--service", "ec2", "--level", "list"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("ec2:DescribeVpcs") && !ran.says("ec2:CreateNetworkInterface"), "{ran:?}");
    let ran = run(&["what-can", "model-role", "--env", PERIMETER, "--service", "nosuch"]);
    assert_eq!((ran.code, ran.err.contains("INP031")), (2, true), "{ran:?}");
}
