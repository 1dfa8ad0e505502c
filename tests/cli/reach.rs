//! `polsim reach` on the sample of the corpus.

use crate::run::{polsim, run};
use std::fs;

const SAMPLE: [&str; 4] =
    ["--network", "corpus/sagemaker/network/network", "--model", "corpus/sagemaker/network/model.json"];
const ENV: [&str; 2] = ["--env", "corpus/sagemaker/network/network.env.yaml"];
const MODEL_DATA: [&str; 2] = ["s3:GetObject", "arn:aws:s3:::example-artifacts/forecast/model.tar.gz"];

/// `polsim reach` over the sample, with further arguments.
fn reach(arguments: &[&str]) -> Vec<String> {
    let all = ["reach"].iter().chain(&SAMPLE).chain(arguments);
    all.map(|argument| (*argument).to_owned()).collect()
}

fn asked(arguments: &[&str]) -> crate::run::Ran {
    let all = reach(arguments);
    run(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn each_subnet_has_its_way_its_keys_and_its_verdict() {
    let ran = asked(&[&ENV[..], &MODEL_DATA, &["--format", "json"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["schema"], "polsim.reach/1");
    assert_eq!(answer["conclusion"], "not-reached");
    let subnets = answer["subnets"].as_array().unwrap();
    let told: Vec<[&str; 4]> = subnets
        .iter()
        .map(|subnet| {
            let way = subnet["way"]["kind"].as_str().unwrap();
            let decision = subnet["decision"]["conclusion"].as_str().unwrap_or("-");
            [subnet["name"].as_str().unwrap(), way, subnet["arrives"].as_str().unwrap(), decision]
        })
        .collect();
    // The bucket takes requests of the endpoint only (S6.5.3), and the closed table has no route (S6.2).
    assert_eq!(
        told,
        [
            ["private-a", "gateway", "yes", "allow"],
            ["private-b", "unreachable", "no", "-"],
            ["private-c", "nat", "yes", "explicit-deny"],
        ]
    );
    assert_eq!(subnets.first().unwrap()["keys"]["aws:SourceVpce"]["value"], "vpce-0a1b2c3d4e5f60718");
    assert_eq!(subnets.first().unwrap()["keys"]["aws:SourceIp"]["state"], "absent");
    assert_eq!(subnets.last().unwrap()["keys"]["aws:SourceIp"]["value"], "203.0.113.7");
}

#[test]
fn the_text_says_why() {
    let ran = asked(&[&ENV[..], &MODEL_DATA].concat());
    assert_eq!(ran.code, 1);
    for part in [
        "1 of 3 subnets",
        "gateway endpoint vpce-0a1b2c3d4e5f60718, allowed",
        "has no route to s3 in eu-west-1",
        "an address of 10.0.1.0/24",
        "denied, with an explicit deny in a resource-based policy",
        "see S6.3.3",
    ] {
        assert!(ran.says(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn without_an_environment_the_policy_of_the_endpoint_is_asked() {
    let repository =
        ["s3:GetObject", "arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/x", "--subnet", "private-a"];
    let ran = asked(&repository);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("AmazonLinux2AMIRepositoryAccess"), "{}", ran.out);
    assert!(ran.out.contains("vpc-endpoints.json:9"), "{}", ran.out);
    assert_eq!(asked(&[&repository[..], &["--expect", "deny"]].concat()).code, 0);
}

#[test]
fn claims_hold_or_do_not() {
    let image = ["ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:111122223333:repository/forecast"];
    for (question, expect, code) in [
        (&MODEL_DATA, "gateway", 1),
        (&MODEL_DATA, "internet", 1),
        (&MODEL_DATA, "deny", 1),
        (&image, "interface", 0),
        (&image, "via:vpce-0d2d2d2d2d2d2d2d2", 0),
        (&image, "allow", 0),
    ] {
        let ran = asked(&[&ENV[..], question, &["--expect", expect]].concat());
        assert_eq!(ran.code, code, "{expect}\n{}", ran.out);
    }
    let one = |subnet: &str, expect: &str| {
        asked(&[&ENV[..], &MODEL_DATA, &["--subnet", subnet, "--expect", expect]].concat())
    };
    assert_eq!(one("private-b", "unreachable").code, 0);
    assert_eq!(one("private-c", "nat").code, 0);
    assert_eq!(one("private-a", "gateway").code, 0);
    assert_eq!(asked(&[&MODEL_DATA[..], &["--expect", "sideways"]].concat()).code, 2);
}

#[test]
fn what_the_input_lacks_is_undecided_and_named() {
    let model = SAMPLE[3];
    let lacking = "corpus/sagemaker/network/network/subnets.json";
    let ran = run(&["reach", "--network", lacking, "--model", model, "s3:GetObject", "arn:aws:s3:::a/b"]);
    assert_eq!(ran.code, 3);
    assert!(ran.says("aws ec2 describe-vpc-endpoints"), "{}", ran.out);
}

#[test]
fn s6_6_2_instances_need_addresses() {
    let one = ["--subnet", "private-a"];
    let few = asked(&[&ENV[..], &MODEL_DATA, &one, &["--instances", "2"]].concat());
    assert_eq!(few.code, 0, "{}", few.out);
    assert!(few.says("2 instances may need 4 addresses"));
    let many = asked(&[&ENV[..], &MODEL_DATA, &one, &["--instances", "1000"]].concat());
    assert_eq!(many.code, 1);
}

#[test]
fn bad_input_is_told_with_its_place() {
    let ran = asked(&["s3:GetObject", "nothing"]);
    assert_eq!(ran.code, 2);
    let ran = asked(&[&MODEL_DATA[..], &["--subnet", "public-a"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("INP042"), "{}", ran.err);
    let ran = run(&[
        "reach",
        "--network",
        "corpus/sagemaker",
        "--model",
        SAMPLE[3],
        "s3:GetObject",
        "arn:aws:s3:::a",
    ]);
    // A folder of policies only: none is an output of the AWS CLI, and so nothing is known.
    assert_eq!(ran.code, 3, "{}", ran.err);
    let ran = run(&[
        "reach",
        "--network",
        SAMPLE[1],
        "--model",
        "corpus/sagemaker/role-trust.json",
        "s3:GetObject",
        "*",
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("NWK009"), "{}", ran.err);
}

/// The picture of the README is the one that the program draws; `POLSIM_BLESS=1` draws it anew.
#[test]
fn the_picture_is_current() {
    let drawn = asked(&[&ENV[..], &MODEL_DATA, &["--svg", "-"]].concat());
    assert_eq!(drawn.code, 1);
    for part in
        ["role=\"img\"", "<title id=\"title\">", "<desc id=\"desc\">", "private-b: no way, never arrives."]
    {
        assert!(drawn.out.contains(part), "{part}");
    }
    assert!(!drawn.out.contains("<script") && !drawn.out.contains("href"));
    let file = crate::run::root().join("corpus/sagemaker/network/reach.svg");
    if std::env::var_os("POLSIM_BLESS").is_some() {
        fs::write(&file, &drawn.out).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), drawn.out, "POLSIM_BLESS=1 draws the picture anew");
}

#[test]
fn narrow_terminals_and_pictures_in_files() {
    let arguments = reach(&[&ENV[..], &MODEL_DATA].concat());
    let texts: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let narrow: crate::run::Ran = polsim(&texts).env("COLUMNS", "40").output().unwrap().into();
    let prose = narrow.out.lines().filter(|line| !line.contains(['|', '`', '[']));
    for line in prose {
        assert!(line.chars().count() <= 60, "{line}");
    }
    let file = std::env::temp_dir().join(format!("polsim-reach-{}.svg", std::process::id()));
    let path = file.to_str().unwrap();
    asked(&[&ENV[..], &MODEL_DATA, &["-o", path]].concat());
    let written = fs::read_to_string(&file).unwrap();
    let _ = fs::remove_file(&file);
    assert!(written.starts_with("<svg "));
}

#[test]
#[cfg(unix)]
fn the_script_that_collects_a_network_is_a_shell_script_that_only_reads() {
    let script = crate::run::root().join("docs/collect.sh");
    let checked = std::process::Command::new("sh").arg("-n").arg(&script).status().unwrap();
    assert!(checked.success());
    let text = fs::read_to_string(script).unwrap();
    let verbs = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("aws "))
        .map(|line| line.split_whitespace().nth(1).unwrap().to_owned());
    let mut count = 0;
    for verb in verbs {
        count += 1;
        assert!(verb.starts_with("describe-") || verb.starts_with("get-"), "{verb}");
    }
    assert!(count >= 10);
}

/// `polsim check` over the sample.
fn claimed(arguments: &[&str]) -> crate::run::Ran {
    run(&[&["check"], &SAMPLE[..], &ENV, arguments].concat())
}

#[test]
fn the_model_never_reaches_the_amazon_linux_repositories() {
    let al2 = ["s3:GetObject", "arn:aws:s3:::amazonlinux.*.amazonaws.com/*", "--expect", "deny"];
    let ran = claimed(&al2);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.says("from private-b to s3 on no way: requests never arrive"), "{}", ran.out);
    let explicit =
        claimed(&["s3:GetObject", "arn:aws:s3:::amazonlinux.*.amazonaws.com/*", "--expect", "explicit-deny"]);
    // Behind NAT no policy of the endpoint is met: the request is denied, and not by a Deny (S6.5.2).
    assert_eq!(explicit.code, 1, "{}", explicit.out);
    assert!(explicit.says("from private-c to s3 by nat-0e5e5e5e5e5e5e5e5"), "{}", explicit.out);
}

#[test]
fn data_is_reached_through_the_endpoint_only() {
    let data = [
        "s3:*",
        "arn:aws:s3:::example-artifacts/*",
        "--expect",
        "deny",
        "--except-via",
        "vpce-0a1b2c3d4e5f60718",
    ];
    let ran = claimed(&data);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let other =
        ["s3:*", "arn:aws:s3:::example-artifacts/*", "--expect", "deny", "--except-via", "vpce-00000000"];
    assert_eq!(claimed(&other).code, 1);
}

#[test]
fn images_and_logs_are_reached_from_every_subnet() {
    let image = ["ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:111122223333:repository/*", "--expect", "allow"];
    assert_eq!(claimed(&image).code, 0, "{}", claimed(&image).out);
    let logs = [
        "logs:PutLogEvents",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/*",
        "--expect",
        "allow",
    ];
    assert_eq!(claimed(&logs).code, 0, "{}", claimed(&logs).out);
    // The bucket is not reached from the subnet without a route.
    let model = ["s3:GetObject", "arn:aws:s3:::example-artifacts/*", "--expect", "allow"];
    assert_eq!(claimed(&model).code, 1);
    let some = ["s3:GetObject", "arn:aws:s3:::example-artifacts/*", "--expect", "some-allow"];
    assert_eq!(claimed(&some).code, 0, "{}", claimed(&some).out);
}

#[test]
fn claims_over_a_network_name_their_service() {
    for actions in ["*", "ecr:*"] {
        let ran = claimed(&[actions, "*", "--expect", "deny"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("INP045"), "{}", ran.err);
    }
}

/// `polsim lint` over the sample.
fn linted(arguments: &[&str]) -> crate::run::Ran {
    run(&[&["lint"], &SAMPLE[..], arguments].concat())
}

#[test]
fn the_checklist_of_the_guide_finds_what_is_wrong_with_the_sample() {
    let ran = linted(&[&ENV[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let codes: Vec<&str> =
        answer["entries"].as_array().unwrap().iter().map(|entry| entry["code"].as_str().unwrap()).collect();
    // private-b has no route (S6.2), private-c goes past the endpoint (S6.5.2), the bucket refuses that way (S6.5.3), and
    // the policy of the guide closes yesterday's repositories only (S6.7.1).
    assert_eq!(codes, ["NET003", "NET004", "NET012", "NET015", "NET015"]);
    let chosen = linted(&["--select", "NET003"]);
    assert!(chosen.says("S3 cannot be reached from subnet-0b2b2b2b2b2b2b2b2"), "{}", chosen.out);
    assert_eq!(linted(&["--select", "NET001"]).code, 0);
    assert_eq!(linted(&["--select", "NET002", "--instances", "1000"]).code, 1);
}
