//! `polsim reference` and `polsim expand`: what people see, what scripts read, what is refused.

use crate::run::{Ran, polsim, run, run_with_input};

/// What is drawn for a terminal of a width.
fn drawn(arguments: &[&str], columns: &str) -> String {
    let output = polsim(arguments).env("COLUMNS", columns).output().unwrap();
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The answer is about a name that is unknown.
fn unknown(arguments: &[&str]) -> String {
    let ran = run(arguments);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.out.is_empty(), "{ran:?}");
    ran.err
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn an_action() {
    insta::assert_snapshot!(drawn(&["reference", "S3:getobjecttagging"], "80"));
}

#[test]
fn an_action_on_a_narrow_terminal() {
    insta::assert_snapshot!(drawn(&["reference", "sqs:SendMessage"], "40"));
}

#[test]
fn an_action_with_combinations_and_required_resources() {
    insta::assert_snapshot!(drawn(&["reference", "devicefarm:ScheduleRun"], "100"));
}

#[test]
fn a_service() {
    insta::assert_snapshot!(drawn(&["reference", "sqs"], "80"));
}

#[test]
fn the_actions_of_a_level() {
    insta::assert_snapshot!(drawn(&["reference", "s3", "--level", "tagging"], "80"));
}

#[test]
fn a_pattern_of_actions() {
    insta::assert_snapshot!(drawn(&["reference", "iam:*ServiceLinkedRole"], "80"));
}

#[test]
fn keys() {
    insta::assert_snapshot!(drawn(
        &[
            "reference",
            "--key",
            "aws:SourceVpce",
            "--key",
            "aws:RequestTag/team",
            "--key",
            "s3:prefix",
            "--key",
            "aws:PrincipalOrgPaths"
        ],
        "80"
    ));
}

#[test]
fn where_the_facts_come_from() {
    insta::assert_snapshot!(drawn(&["reference", "--version"], "80"));
}

#[test]
fn facts_from_a_file() {
    let file = ["--reference", "corpus/reference/orders.yaml"];
    let with = |words: &[&'static str]| [words, &file[..]].concat();
    insta::assert_snapshot!(drawn(&with(&["reference", "orders:PlaceOrder"]), "80"));
    assert!(
        drawn(&with(&["reference", "s3:FoldObject"]), "80")
            .contains("arn:${Partition}:s3:::${BucketName}/${ObjectName}")
    );
    assert!(drawn(&with(&["reference", "s3:GetObject"]), "80").contains("a Read action of Amazon S3"));
    assert_eq!(drawn(&with(&["expand", "orders:*"]), "80"), "orders:ListOrders\norders:PlaceOrder\n");
    assert!(unknown(&["reference", "orders:PlaceOrder"]).contains("no service `orders`"));
}

#[test]
fn a_file_of_facts_with_mistakes_shows_each() {
    let input = "services:\n  - prefix: orders\n    actions:\n      - { name: Place, acess_level: Write }\n      - { name: List, access_level: Browse }\n    condition_keys:\n      - { name: orders:Channel, type: Text }\n    rcp: maybe\n";
    let ran = run_with_input(&["reference", "orders", "--reference", "-"], input.as_bytes());
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_file_of_facts_that_do_not_fit_shows_where() {
    let input = "{\"services\": [{\n  \"prefix\": \"orders\",\n  \"actions\": [{\"name\": \"Place\", \"access_level\": \"Write\", \"condition_keys\": [\"orders:Channel\"]}]\n}]}\n";
    let ran = run_with_input(&["reference", "orders", "--reference", "-"], input.as_bytes());
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn unknown_names_are_told_with_the_day_of_the_facts() {
    insta::assert_snapshot!(unknown(&["reference", "s3:GetObjects"]));
    assert!(unknown(&["reference", "iam:AssumeRole"]).contains("did you mean `sts:AssumeRole`?"));
    assert!(unknown(&["reference", "ecs2"]).contains("did you mean `ec2`"));
    assert!(unknown(&["reference", "--key", "aws:SourceVpcx"]).contains("`aws:SourceVpc`"));
    assert!(unknown(&["reference", "s3:Nothing*"]).contains("matches no action"));
    assert!(unknown(&["reference", "a:b:c"]).contains("exactly one colon"));
}

#[test]
fn known_and_unknown_names_together_are_all_told() {
    let ran = run(&["reference", "s3:GetObject", "s3:Nonsense", "sqs:SendMessage"]);
    assert_eq!(ran.code, 2);
    for words in
        ["1 of 3 names", "s3:GetObject, a Read action", "`s3:Nonsense`", "sqs:SendMessage, a Write action"]
    {
        assert!(ran.err.contains(words), "{words}: {ran:?}");
    }
}

#[test]
fn usage() {
    for words in [
        &["reference"][..],
        &["expand"],
        &["reference", "s3", "--level", "high"],
        &["reference", "s3", "--version"],
    ] {
        assert_eq!(run(words).code, 2, "{words:?}");
    }
    assert!(run(&["reference", "--help"]).out.contains("--level"));
}

#[test]
fn actions_come_one_a_line_and_nothing_else() {
    let ran = run(&["expand", "s3:Get*Tagging", "S3:getobjecttagging"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines.contains(&"s3:GetObjectTagging"), "{lines:?}");
    assert!(
        lines.is_sorted() && lines.iter().all(|line| line.starts_with("s3:Get") && line.ends_with("Tagging"))
    );
    let all = run(&["expand", "*"]);
    assert!(all.out.lines().count() > 20_000);
}

#[test]
fn patterns_come_from_standard_input_too() {
    let ran = run_with_input(&["expand", "sqs:SendMessage", "-"], b"  kms:Decrypt \n\nsts:AssumeRole\n");
    assert_eq!((ran.code, ran.out.as_str()), (0, "kms:Decrypt\nsqs:SendMessage\nsts:AssumeRole\n"));
    assert_eq!(run_with_input(&["expand", "-"], b"\xff").code, 2);
}

#[test]
fn what_matches_nothing_is_told_and_the_rest_expanded() {
    let ran = run(&["expand", "kms:Decrypt", "kms:Decryptt", "kms:Foo*", "kmss:Decrypt", "kms"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, "kms:Decrypt\n"));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn json_has_the_same_answers() {
    let known = run(&["reference", "s3:GetObject", "--format", "json"]);
    assert_eq!(known.code, 0);
    let known = json(&known);
    assert_eq!(
        (&known["schema"], &known["verb"], &known["conclusion"]),
        (&"polsim.report/1".into(), &"reference".into(), &"known".into())
    );
    assert_eq!(
        known["entries"][0]["evidence"][1]["value"],
        "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
    );
    let lacking = run(&["expand", "kms:Decrypt", "kms:Foo*", "--format", "json"]);
    assert_eq!(lacking.code, 2);
    let lacking = json(&lacking);
    assert_eq!((&lacking["verb"], &lacking["conclusion"]), (&"expand".into(), &"unknown".into()));
    assert_eq!(lacking["entries"][0]["evidence"][0]["key"], "kms:Decrypt");
    assert_eq!(lacking["entries"][1]["code"], "REF001");
}
