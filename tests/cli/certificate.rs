//! Answers that can be followed, and questions for other solvers.

use crate::run::{run, sagemaker};
use std::path::PathBuf;

const OBJECTS: &str = "arn:aws:s3:::amazonlinux.*.amazonaws.com/*";

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("polsim-certificate-{name}-{}.json", std::process::id()))
}

/// The certificate of a claim about the guide's policy.
fn certified(name: &str, expect: &str) -> (String, String) {
    let policy = sagemaker("s3-endpoint-default-deny-al2");
    let file = file(name);
    let path = file.to_string_lossy().into_owned();
    let ran = run(&["check", &policy, "--expect", expect, "s3:GetObject", OBJECTS, "--certificate", &path]);
    assert!(ran.says("polsim verify") && ran.code <= 1, "{ran:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    (path, text)
}

fn verify(path: &str, policy: &str, expect: &str, resource: &str) -> crate::run::Ran {
    run(&["verify", path, &sagemaker(policy), "s3:GetObject", resource, "--expect", expect])
}

#[test]
fn a_proof_is_followed_and_only_that_of_this_claim_and_this_text() {
    let (path, text) = certified("proof", "deny");
    let ran = verify(&path, "s3-endpoint-default-deny-al2", "deny", OBJECTS);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("verified: ") && ran.says("were followed"), "{ran:?}");
    let ran = verify(&path, "s3-endpoint-deny-al2", "deny", OBJECTS);
    assert_eq!(ran.code, 1);
    assert!(ran.says("CRT002") && ran.says("the hashes differ"), "{ran:?}");
    let ran = verify(&path, "s3-endpoint-default-deny-al2", "allow", OBJECTS);
    assert_eq!(ran.code, 1);
    assert!(ran.says("CRT003"), "{ran:?}");
    let ran = verify(&path, "s3-endpoint-default-deny-al2", "deny", "*");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(text.contains("\"polsim.certificate/1\""), "{text}");
}

#[test]
fn a_proof_without_its_lemmas_is_none() {
    let (path, text) = certified("lemmas", "deny");
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut changed = 0;
    for proof in value["answer"]["proved"]["proofs"].as_array_mut().unwrap() {
        let lemmas = proof["lemmas"].as_array_mut().unwrap();
        changed += lemmas.len();
        lemmas.clear();
        proof["learnt"].as_array_mut().unwrap().clear();
    }
    assert!(changed > 0, "{text}");
    std::fs::write(&path, value.to_string()).unwrap();
    let ran = verify(&path, "s3-endpoint-default-deny-al2", "deny", OBJECTS);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.starts_with("not verified: "), "{ran:?}");
}

#[test]
fn a_counterexample_is_decided_again() {
    let (path, text) = certified("refuted", "allow");
    assert_eq!(verify(&path, "s3-endpoint-default-deny-al2", "allow", OBJECTS).code, 0);
    let other = text.replace("s3:GetObject\"", "s3:PutObject\"");
    std::fs::write(&path, other).unwrap();
    assert_eq!(verify(&path, "s3-endpoint-default-deny-al2", "allow", OBJECTS).code, 1);
}

#[test]
fn what_is_no_certificate_is_bad_input() {
    let policy = sagemaker("s3-endpoint-default");
    let ran = verify(&policy, "s3-endpoint-default", "allow", "*");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("INP027"), "{ran:?}");
    let ran = run(&[
        "check",
        &policy,
        "--expect",
        "allow",
        "s3:GetObject",
        "*",
        "--certificate",
        "/no/such/folder/c.json",
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("INP026"), "{ran:?}");
}

#[test]
fn a_question_is_written_for_other_solvers() {
    let policy = sagemaker("s3-endpoint-default-deny-al2");
    let ran = run(&["check", &policy, "--expect", "deny", "s3:GetObject", OBJECTS, "--emit", "smt2"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("(set-logic ALL)") && ran.out.contains("(check-sat)"), "{ran:?}");
    assert!(ran.out.contains(r#"(str.to_re "arn:aws:s3:::amazonlinux.")"#), "{ran:?}");
    assert_eq!(ran.out.matches("(push 1)").count(), ran.out.matches("(pop 1)").count());
}
